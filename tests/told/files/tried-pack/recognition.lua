return recognition { id = "hours", unit = "学时", from = "学时", {
  { as = "school", when = { kind = "training", level = "school" }, rate = P.weight:by "level" },
  { as = "outside", when = { kind = "training", level = at_least "county" }, rate = P.weight:by "level" },
}, otherwise = review { zh = "级别不明", en = "its level is not known" } }
