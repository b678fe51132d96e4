return adapter { id = "people", title = { zh = "人员", en = "people" }, reader = "csv", key = { "person" }, introduces = { "person" },
  person = { code = column "编号", name = column "姓名" },
  organization = { kind = "school", code = column "学校" }, post = { kind = "teaching" },
  records = {
    { kind = "hired", of = "person", on = day "参加工作" },
    { kind = "stage", of = "person", on = day "参加工作", attributes = { value = column "层级" }, only_if = column "层级" },
  },
}
