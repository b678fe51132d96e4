return adapter {
  id = "people", title = { zh = "人员表", en = "list of people" }, reader = "csv",
  key = { "person" }, introduces = { "person" },
  person = { code = column "code" },
  record = { kind = "hired", of = "person", on = day "hired" },
}
