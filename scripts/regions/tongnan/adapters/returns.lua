-- 学校年度报送登记.
return adapter {
  id = "returns", title = { zh = "学校年度报送登记", en = "yearly returns of schools" },
  reader = "csv", key = { "organization", "year" },
  organization = { name = column "学校" },
  record = { kind = "school_report", of = "organization", on = day "报送日期", attributes = { year = amount "报送年度" } },
}
