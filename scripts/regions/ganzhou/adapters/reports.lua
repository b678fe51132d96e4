-- 研修成果登记表, sheet 研修成果: written reports with their length in characters.
return adapter {
  id = "reports",
  title = { zh = "书面研修成果", en = "written reports" },
  reader = "xlsx", sheet = "研修成果",
  key = { "person", "work" },
  cohort = "HZZG-2",
  person = { code = column "编号" },
  record = {
    kind = "report", of = "enrollment",
    on = day "提交日期",
    amount = amount "字数",
    attributes = { work = column "成果题目" },
  },
}
