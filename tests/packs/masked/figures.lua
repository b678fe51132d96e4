return figures {
  people = { title = { zh = "人员", en = "people" }, unit = "人", from = "person", measure = "count" },
  hours = { title = { zh = "学时", en = "hours" }, unit = "学时", from = "record", where = { kind = "training" }, measure = { sum = "amount" } },
}
