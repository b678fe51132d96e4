return recognition { id = "credits", unit = "学分", {
  { as = "papers", when = { kind = "paper" }, amount = P.credit_per_paper:by "level" },
}, otherwise = ignore { zh = "不计", en = "does not count" } }
