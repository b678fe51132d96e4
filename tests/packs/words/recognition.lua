return {
  recognition { id = "credits", unit = "学分", from = "学时", {
    { as = "prize", when = { kind = "prize" }, amount = choose { { when = { level = at_least "county" }, take = 2 }, otherwise = 1 } },
    { as = "trip", when = { kind = "trip" }, rate = P.rate:by "level" } } },
  recognition { id = "taught", unit = "学时", {
    { as = "lesson", when = { kind = "lesson" }, credited = { "person", related "mentor" }, provided = outcome "present" },
    { as = "talk", when = { kind = "talk" }, credited = { related "mentor" } } },
    otherwise = ignore { zh = "不计", en = "does not count" } },
}
