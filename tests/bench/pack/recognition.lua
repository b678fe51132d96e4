return recognition { id = "hours", unit = "学时", from = "学时", {
  { as = "award", when = { kind = "award" }, amount = P.award },
  { as = "school_based", when = { kind = "school_based" } },
  { as = "online", when = { mode = "online" } },
  { as = "offline", when = { mode = "offline" } },
}, otherwise = review { zh = "方式不明", en = "its mode is not known" } }
