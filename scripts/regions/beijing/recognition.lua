local by_mode = P.credit_per_hour:by "mode"
return {
  recognition { id = "credits", unit = "学分", from = "学时", title = { zh = "学分认定", en = "credits" }, {
    { as = "common", zh = "公共必修", en = "compulsory, common",
      when = { kind = "training", category = "common" },       rate = by_mode },
    { as = "professional", zh = "专业必修", en = "compulsory, professional",
      when = { kind = "training", category = "professional" }, rate = by_mode },
    { as = "elective", zh = "选修", en = "elective",
      when = { kind = "training", category = "elective" },     rate = by_mode },
    { as = "school_based", zh = "校本研修", en = "school-based",
      when = { kind = "training", category = "school_based" }, rate = by_mode },
  }, otherwise = ignore { zh = "不计学分", en = "gives no credit" } },
  recognition { id = "hours", unit = "学时", from = "学时", title = { zh = "新任教师培训学时", en = "hours of induction" }, {
    { as = "induction", zh = "新任教师培训", en = "induction", when = { kind = "induction" } },
  }, otherwise = ignore { zh = "其他培训不能代替新任教师培训", en = "other training does not replace induction" } },
}
