-- Five steps, three actors, only forward.
local steps = { { "raised", "teacher" }, { "looked_at", "lesson_group" }, { "diagnosed", "district_group" }, { "planned", "district_group" }, { "formed", "teacher" } }
local function taken(...)
  local list = {}
  for at, one in ipairs { ... } do
    list[at] = { kind = "case_step", since = string.format("2023-03-%02d", at), attributes = { case_no = "AL01", step = steps[one[1]][1], actor = one[2] or steps[one[1]][2] } }
  end
  return list
end
local function try(title, slips, records)
  case(title) { given = { records = records }, on = "2023-12-31", expect = { sequence = "cases", slips = slips } }
end

try("五步依次办理", 0, taken({ 1 }, { 2 }, { 3 }, { 4 }, { 5 }))
try("只到会诊，尚在办理", 0, taken({ 1 }, { 2 }, { 3 }))
try("跳过预诊", 1, taken({ 1 }, { 3 }))
try("会诊之后又预诊：只进不退", 1, taken({ 1 }, { 2 }, { 3 }, { 2 }))
try("会诊由备课组办理：不该由其办理", 1, taken({ 1 }, { 2 }, { 3, "lesson_group" }))
try("第一步就由区级研训组提出", 1, taken({ 1, "district_group" }))

case "已报送的学校" { given = { organization = { code = "一校", kind = "school" }, records = { { kind = "school_report", of = "organization", since = "2023-12-11" } } },
  on = "2023-12-31", expect = { coverage = "sent", person = "一校", outcome = "met" } }
case "未报送的学校" { given = { organization = { code = "一校", kind = "school" } }, on = "2023-12-31", expect = { coverage = "sent", person = "一校", outcome = "unmet" } }
