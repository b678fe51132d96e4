-- 教师培训师: a profile of six competences, one need each, by the ratings of the year.
local needs = {}
for _, one in ipairs { { "design", "设计", "design" }, { "organization_of", "组织", "organization" }, { "teaching", "教学", "teaching" },
  { "guidance", "指导", "guidance" }, { "evaluation", "评价", "evaluation" }, { "research", "研究", "research" } } do
  needs[#needs + 1] = { one[1], records { kind = "competence", competence = one[1] }:greatest():at_least(P.competence_score), zh = one[2], en = one[3] }
end

return rule {
  id = "trainer", of = "person", per = "calendar_year", in_force = { from = "2023-01-01", by = "period_start" },
  title = { zh = "培训师六项能力", en = "six competences of a trainer" },
  applies = enrollments { kind = "plan_member", ["cohort.code"] = "TN-XD4-2023" }:exists(),
  needs = needs,
}
