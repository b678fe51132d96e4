return figures {
  people = { of = "organization", title = { zh = "教师", en = "teachers" }, unit = "人", from = "person", measure = "count" },
  lessons = { of = "organization", title = { zh = "听课", en = "lessons" }, unit = "节", from = "record", where = { kind = "lesson" }, measure = { sum = "amount" } },
}
