-- Completion: each need at its boundary, one short, and hours above the ceiling.
local phases = { "开班仪式", "理论学习", "案例分享", "实地观摩", "交流研讨", "结业典礼" }

-- One session a day: phase k on day k, further days repeat the last phase.
local function signed(days, hours, known)
  local list = {}
  for k = 1, days do
    list[k] = { kind = "sign_in", since = ("2025-10-%d"):format(12 + k), amount = hours[k] or hours.other,
      attributes = { phase = phases[k < (known or 6) and k or known or 6] } }
  end
  return list
end

local function tried(title, records, expect)
  expect.rule = "completion"
  return case(title) { given = { enrollments = { { kind = "class_place", since = "2025-10-13" } }, records = records },
    on = "2025-12-31", expect = expect }
end

return {
  tried("7天、6个阶段、48学时：刚好结业", signed(7, { 6, other = 7 }), { outcome = "met", had = { phases = 6, days = 7, hours = 48 } }),
  tried("6天：差1天", signed(6, { other = 8 }), { outcome = "unmet", short = { days = 1 }, had = { hours = 48 } }),
  tried("47学时：差1学时", signed(7, { 5, other = 7 }), { outcome = "unmet", short = { hours = 1 } }),
  tried("缺一个阶段：其他再多也不结业", signed(8, { other = 8 }, 5), { outcome = "unmet", short = { phases = 1 } }),
  tried("一天签到10学时：只计8学时", signed(7, { 10, 7, other = 6.5 }), { outcome = "unmet", had = { hours = 47.5 }, short = { hours = 0.5 } }),
  tried("8天各10学时：上限64学时", signed(8, { other = 10 }), { outcome = "met", gives = { hours = 64 } }),
  tried("9天各8学时：仍是64学时", signed(9, { other = 8 }), { outcome = "met", gives = { hours = 64 } }),
  case "2025年首日起适用" { given = { enrollments = { { kind = "class_place" } } }, on = "2025-01-01",
    expect = { rule = "completion", outcome = "unmet", needed = { phases = 6, days = 7, hours = 48 } } },
  leaves_open { "*.2025-01-01.from", zh = "项目自2025年开始，此前没有人参训", en = "the programme begins in 2025; before it nobody took part" },
  tried("没有签到", {}, { outcome = "unmet", short = { phases = 6, days = 7, hours = 48 } }),
}
