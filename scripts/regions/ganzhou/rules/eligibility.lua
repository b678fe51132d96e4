-- Who may be sent: young managers and backbone teachers recommended by their school for four qualities
-- (潜力大, 懂业务, 肯探索, 善创新). Age and years of teaching are not published, see parameters.lua.
return rule {
  id = "eligibility", of = "enrollment",
  title = { zh = "选派条件", en = "eligibility" },
  needs = {
    { "qualities", records { kind = "nomination" }:distinct "quality":at_least(P.nomination_qualities),
      zh = "学校推荐的条件", en = "qualities named by the school" },
    { "role", any_of { records { kind = "position" }:exists(), records { kind = "backbone" }:exists() },
      zh = "管理岗位或骨干教师", en = "a manager or a backbone teacher" },
    { "teaching", years_since(fact "hired"):at_least(P.teaching_years), zh = "教龄", en = "years of teaching" },
    { "age", years_since(fact "birth"):at_most(P.age_most), zh = "年龄", en = "age" },
  },
}
