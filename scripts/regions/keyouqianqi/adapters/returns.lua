-- 学校报送情况: which school sent its yearly return, and when.
return adapter {
  id = "returns",
  title = { zh = "学校报送情况", en = "returns of schools" },
  reader = "csv",
  key = { "organization" },
  organization = { name = column "报送学校" },
  record = { kind = "school_return", of = "organization", on = day "报送日期" },
}
