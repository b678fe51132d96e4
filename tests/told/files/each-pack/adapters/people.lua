return adapter {
  id = "people", reader = "csv",
  introduces = { "person" },
  organization = column "学校",
  person = { id = optional "身份证号", code = column "工号", name = column "姓名" },
  post = {},
}
