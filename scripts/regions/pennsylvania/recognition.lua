return recognition { id = "hours", unit = "hour", from = { "hour", "credit" }, {
  { as = "activity", when = { kind = "activity" } },
  { as = "credit", when = { kind = "credit" }, rate = P.hours_per_credit },
}, otherwise = ignore { zh = "不计入", en = "does not count" } }
