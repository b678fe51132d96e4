return adapter { id = "lessons", title = { zh = "听课", en = "lessons" }, reader = "csv", key = { "person", "since", "course" },
  introduces = { "person" },
  organization = { kind = "school", name = column "学校" },
  person = { code = column "编号", name = column "姓名" },
  post = { kind = "teaching", since = "2020-09-01" },
  record = { kind = "lesson", on = day "日期", amount = amount "节数", attributes = { course = column "学科" } },
}
