local by_mode = P.credit_per_hour:by "mode"
return {
  recognition { id = "credits", unit = "学分", from = "学时", {
    { as = "common",       when = { kind = "training", category = "common" },       rate = by_mode },
    { as = "professional", when = { kind = "training", category = "professional" }, rate = by_mode },
    { as = "elective",     when = { kind = "training", category = "elective" },     rate = by_mode },
    { as = "school_based", when = { kind = "training", category = "school_based" }, rate = by_mode },
  }, otherwise = ignore { zh = "不计学分", en = "gives no credit" } },
  recognition { id = "hours", unit = "学时", from = "学时", {
    { as = "induction", when = { kind = "induction" } },
  }, otherwise = ignore { zh = "其他培训不能代替新任教师培训", en = "other training does not replace induction" } },
}
