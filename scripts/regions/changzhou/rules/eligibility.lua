return {
  rule { id = "eligibility", of = "enrollment", title = { zh = "申报条件", en = "eligibility" }, needs = {
    { "teaching", years_since(fact "hired"):at_least(P.teaching_years), zh = "教龄", en = "years of teaching" },
    { "age", years_since(fact "birth"):at_most(P.age_most), zh = "年龄", en = "age" },
    { "title", any_of { records { kind = "honour", honour_title = { "教学能手", "教坛新秀", "骨干教师" } }:exists(),
      records { kind = "youth_programme" }:exists() }, zh = "荣誉称号或青年教师培养", en = "honour or youth programme" },
  } },
  rule { id = "attendance", of = "enrollment", title = { zh = "出勤", en = "attendance" }, needs = {
    { "absence", records { kind = "absence" }:count():at_most(0), zh = "无故缺勤", en = "absence without reason" },
  } },
}
