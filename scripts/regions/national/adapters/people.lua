-- A school's list of its people in the columns that bureaux ask for everywhere.
return adapter {
  id = "people",
  title = { zh = "教师花名册", en = "list of teachers" },
  reader = { "xlsx", "csv" },
  key = { "person" },
  introduces = { "person", "organization" },
  organization = { kind = "school", name = column { "工作单位", "单位", "所在学校" } },
  person = { id = column "身份证号", name = column "姓名" },
  post = { kind = "teaching" },
  records = {
    { kind = "birth", of = "person", since = day "出生年月", only_if = column "出生年月" },
    { kind = "subject", of = "person", attributes = { value = column "任教学科" }, only_if = column "任教学科" },
    { kind = "title", of = "person", attributes = { value = column "职称" }, only_if = column "职称" },
    { kind = "position", of = "person", attributes = { value = column "职务" }, only_if = column "职务" },
  },
}
