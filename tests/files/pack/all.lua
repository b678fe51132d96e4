return {
  kinds { hours = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "学时", en = "hours" } } },
  adapter { id = "hours", reader = { "csv", "xlsx", "json" }, key = { "person", "since" }, introduces = { "person" },
    person = { code = column "编号", name = optional(column "姓名") },
    record = { kind = "hours", on = day "日期", amount = amount "学时" } },
}
