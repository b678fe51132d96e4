-- 学员名单: two merged title rows, a remark, the header in row 4, a totals row and a signature below.
return adapter {
  id = "roster",
  title = { zh = "学员名单", en = "roster of the class" },
  reader = "xlsx", sheet = "学员名单",
  key = { "person" }, covers = { "cohort" },
  ends = { "填表人" },
  introduces = { "person", "organization", "enrollment" },
  cohort = "HXGP-2025",
  organization = { kind = "school", name = column "工作单位", parent = { kind = "county_bureau", name = column "所属县市" } },
  person = { code = column "学员编号" },
  post = { kind = "teaching" },
  enrollment = { kind = "class_place", since = day "报到日期", attributes = { category = column "学员类别" } },
}
