-- 听课记录: the log kept by the trainees, a CSV in GB18030 as office programs save it.
return adapter {
  id = "observations",
  title = { zh = "听课记录", en = "lesson observations" },
  reader = "csv",
  key = { "person", "since", "period" },
  cohort = "HZZG-2",
  person = { code = column "编号" },
  record = {
    kind = "lesson_observation", of = "enrollment",
    on = day "听课日期",
    attributes = { period = column "节次", course = column "学科", lesson = column "课型" },
  },
}
