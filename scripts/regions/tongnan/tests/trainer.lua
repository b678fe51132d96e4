local member = { { kind = "plan_member", cohort = "TN-XD4-2023", since = "2023-04-10" } }
local six = { "design", "organization_of", "teaching", "guidance", "evaluation", "research" }
local function rated(scores, on)
  local list = {}
  for at, score in ipairs(scores) do
    if score > 0 then list[#list + 1] = { kind = "competence", since = on or "2023-12-08", amount = score, attributes = { competence = six[at] } } end
  end
  return list
end
local function try(title, records, expect, on, enrollments)
  expect.rule = "trainer"
  case(title) { given = { enrollments = enrollments or member, records = records }, on = on or "2023-12-31", expect = expect }
end

try("六项能力各80分：达标", rated { 80, 80, 80, 80, 80, 80 }, { outcome = "met", had = { design = 80, research = 80 } })
for at, name in ipairs(six) do
  local scores = { 90, 90, 90, 90, 90, 90 }
  scores[at] = 79
  try("一项79分，其余再高也不能代替：" .. name, rated(scores), { outcome = "unmet", short = { [name] = 1 } })
end
try("一项未评定", rated { 90, 90, 90, 90, 90, 0 }, { outcome = "unmet", had = { research = 0 }, short = { research = 80 } })
try("上一年的评定不带入", rated({ 90, 90, 90, 90, 90, 90 }, "2023-12-08"), { outcome = "unmet", had = { design = 0 } }, "2024-12-31")
try("未纳入教师培训师培养：不适用", rated { 90, 90, 90, 90, 90, 90 }, { outcome = "not_applicable" }, nil,
  { { kind = "plan_member", cohort = "TN-XD1-2023", since = "2023-04-10" } })
try("2023年首日起适用", {}, { outcome = "unmet", needed = { design = 80 } }, "2023-01-01", { { kind = "plan_member", cohort = "TN-XD4-2023", since = "2022-12-01" } })
