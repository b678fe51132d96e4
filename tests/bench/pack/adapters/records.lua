return adapter {
  id = "records", title = { zh = "学时记录表", en = "list of records" }, reader = "csv",
  key = { column "record" },
  person = { code = column "person" },
  record = { kind = column "kind", of = "person", mode = column "mode", on = day "day", amount = amount("hours", "学时") },
}
