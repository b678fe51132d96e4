-- 国培参训登记: as the province's platform exports it.
return adapter {
  id = "national_training", title = { zh = "国培参训登记", en = "the national programme" }, reader = "csv",
  key = { "person", column "项目" }, introduces = { "person" },
  person = { code = column "教师编号" },
  post = { kind = "teaching", organization = { name = column "学校" } },
  record = { kind = "training", of = "person", on = day "结业日期", amount = amount("学时", "学时"), level = "national",
    attributes = { project = column "项目" } },
}
