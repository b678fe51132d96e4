-- 外出研修名单: one workbook for the three classes that went away; titles above the header, totals below.
return adapter {
  id = "away", title = { zh = "外出研修名单", en = "those trained away" }, reader = "xlsx", sheet = "汇总",
  key = { "person", "cohort" }, introduces = { "person", "enrollment" },
  person = { code = column "编号" },
  post = { kind = "teaching", organization = { name = column "单位" } },
  cohort = { code = column "班次编号" },
  enrollment = { kind = "away", since = day "报到日期" },
  records = {
    { kind = "position", of = "person", since = day "报到日期", attributes = { value = column "职务" } },
  },
}
