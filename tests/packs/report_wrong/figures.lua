return figures {
  people = { of = "cohort", title = { zh = "学员", en = "people" }, unit = "人", from = "enrollment", measure = { distinct = "person" } },
  places = { of = "cohort", title = { zh = "学位", en = "places" }, unit = "个", from = "enrollment", measure = "count" },
  schools = { of = "organization", title = { zh = "学校数", en = "schools" }, unit = "所", from = "organization", measure = "count" },
}
