-- 三年计划任务分解表, a row for each task; the day of completion stays empty until it is done.
return adapter {
  id = "tasks", title = { zh = "三年计划任务分解表", en = "tasks of the three-year plan" },
  reader = "xlsx", sheet = "任务分解",
  key = { "cohort", "kind", column "任务" }, covers = { "cohort" },
  cohort = { name = column "年度" },
  records = {
    { kind = "task", of = "cohort", on = day "下达日期",
      attributes = { task = column "任务", duty = column "责任单位", due = day "完成时限" } },
    { kind = "task_done", of = "cohort", on = day "完成日期", attributes = { task = column "任务" }, only_if = column "完成日期" },
  },
}
