-- 成果转化清单: what changed in the home school.
return adapter {
  id = "applications",
  title = { zh = "成果转化清单", en = "applications at home" },
  reader = "csv",
  key = { "person", "work" },
  cohort = "HZZG-2",
  person = { code = column "编号" },
  organization = { name = column "学校" },
  record = {
    kind = "application", of = "enrollment",
    on = day "启动日期",
    attributes = { work = column "转化成果" },
  },
}
