-- 选课平台导出: tab separated; hours carry their unit.
return adapter {
  id = "courses", title = { zh = "选课记录", en = "courses taken" },
  reader = "csv",
  key = { "person", "course", "since" },
  person = { code = column "教师编号" },
  record = {
    kind = "course", of = "person", on = day "完成日期", amount = amount("学时", "学时"), mode = column "学习方式",
    attributes = { course = column "课程名称", chosen = column "自主选课" },
  },
  values = { mode = { ["面授"] = "offline", ["网络研修"] = "online", ["混合式"] = "mixed" } },
}
