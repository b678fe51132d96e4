-- Which column of a file is what. A column that is named is required, unless it is optional "…".
-- 文件的哪一列是什么。写出的列都必须有，除非写成 optional "…"。
return adapter {
  id = "attendance", title = { zh = "研修签到表", en = "attendance of the class" },
  reader = { "csv", "xlsx" },
  key = { "person", "since" }, covers = { "cohort" },
  introduces = { "person", "enrollment" },
  cohort = "TR-1",
  organization = { name = column "所在学校" },
  person = { code = column "编号" },
  post = { kind = "teaching" },
  enrollment = { kind = "trainee" },
  record = { kind = "training", of = "enrollment", on = day "日期", amount = amount "学时", level = "county",
    attributes = { project = column "内容" } },
}
