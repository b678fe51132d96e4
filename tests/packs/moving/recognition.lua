return {
  recognition { id = "hours", unit = "学时", from = "学时", {
    { as = "school", when = { kind = "training", level = "school" }, rate = P.weight:by "level" },
    { as = "outside", when = { kind = "training", level = at_least "county" }, rate = P.weight:by "level" },
  }, otherwise = ignore { zh = "不计", en = "does not count" } },
  recognition { id = "taught", unit = "学时", {
    { as = "lesson", when = { kind = "lesson" }, credited = { "person", related "mentor" } },
  }, otherwise = ignore { zh = "不计", en = "does not count" } },
}
