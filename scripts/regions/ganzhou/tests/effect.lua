-- Who has watched, a change at home step by step, money at its boundary.
local named = { { kind = "job_shadowing", host = "H-02", since = "2025-04-07", till = "2025-05-06" } }
local begun = { kind = "application", since = "2025-05-20", attributes = { work = "导学案" } }
local steps = { "①制定方案", "②学校审定", "③试点实施", "④中期检查", "⑤验收完成" }
local actors = { "学员", "学校", "学员", "教育局", "教育局" }

local function watched(title, since, viewed, outcome)
  local records = { { kind = "summer_staff", of = "person", since = since } }
  if viewed then records[2] = { kind = "viewing", of = "person", since = viewed, amount = 15 } end
  return case(title) { given = { records = records }, on = "2025-12-31", expect = { coverage = "watched", outcome = outcome } }
end
local function taken(...)
  local list = { begun }
  for k, one in ipairs { ... } do
    list[#list + 1] = { kind = "application_step", of = "enrollment", since = ("2025-09-%02d"):format(k),
      attributes = { work = "导学案", step = steps[one[1]], actor = one[2] or actors[one[1]] } }
  end
  return list
end
local function follow(title, slips, records)
  return case(title) { given = { enrollments = named, records = records }, on = "2025-12-31", expect = { sequence = "follow", slips = slips } }
end
local function accepted(title, records, outcome)
  return case(title) { given = { enrollments = named, records = records }, on = "2025-12-31", expect = { rule = "accepted", outcome = outcome } }
end
local function money(title, assigned, spent, expect)
  expect.rule = "spending"
  local records = {}
  if assigned then records[1] = { kind = "funding", of = "cohort", since = "2025-03-20", amount = assigned, attributes = { item = "交通费" } } end
  records[#records + 1] = { kind = "expense", of = "cohort", since = "2025-05-12", amount = spent, attributes = { item = "交通费" } }
  return case(title) { given = { cohort = { code = "某批", kind = "batch" }, records = records }, on = "2025-12-31", expect = expect }
end

return {
  watched("应训教师学完一个视频", "2025-07-01", "2025-12-31", "met"),
  watched("应训教师次日才学完", "2025-07-01", "2026-01-01", "unmet"),
  watched("应训教师没有学完", "2025-07-01", nil, "unmet"),
  follow("五步依次办理", 0, taken({ 1 }, { 2 }, { 3 }, { 4 }, { 5 })),
  follow("只到试点，尚在办理", 0, taken({ 1 }, { 2 }, { 3 })),
  follow("未经学校审定就试点", 1, taken({ 1 }, { 3 })),
  follow("检查之后又回到试点：只进不退", 1, taken({ 1 }, { 2 }, { 3 }, { 4 }, { 3 })),
  follow("学员自己验收：不该由其办理", 1, taken({ 1 }, { 2 }, { 3 }, { 4 }, { 5, "学员" })),
  accepted("已验收", taken({ 1 }, { 2 }, { 3 }, { 4 }, { 5 }), "met"),
  accepted("检查后尚未验收", taken({ 1 }, { 2 }, { 3 }, { 4 }), "unmet"),
  accepted("没有启动成果转化：不适用", {}, "not_applicable"),
  money("支出等于下达", 1000, 1000, { outcome = "met", had = { left = 0 } }),
  money("超支1分钱", 1000, "1000.01", { outcome = "unmet", short = { left = "0.01" } }),
  money("没有下达经费：不适用", nil, 10, { outcome = "not_applicable" }),
}
