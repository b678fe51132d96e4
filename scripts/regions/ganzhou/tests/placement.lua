-- The placement: thresholds at the boundary, one short, and the host nobody named.
local function records(days, observations, sessions, characters)
  local list = { { kind = "placement", since = "2025-04-07", till = "2025-05-06", amount = days } }
  for k = 1, observations do
    list[#list + 1] = { kind = "lesson_observation", since = "2025-04-08", attributes = { period = k } }
  end
  for k = 1, sessions do
    list[#list + 1] = { kind = "research_session", since = "2025-04-10", amount = 90, activity = "M" .. k }
  end
  list[#list + 1] = { kind = "report", since = "2025-05-12", amount = characters, attributes = { work = "跟岗研修总结" } }
  return list
end

local named = { { kind = "job_shadowing", host = "H-01", since = "2025-04-07", till = "2025-05-06" } }
local unnamed = { { kind = "job_shadowing", since = "2025-04", till = "2025-05" } }

return {
  case "跟岗28天、听课15节、教研4场、成果8000字：刚好达到" {
    given = { enrollments = named, records = records(28, 15, 4, 8000) },
    on = "2025-12-31",
    expect = { rule = "placement", outcome = "met", had = { days = 28, observations = 15, sessions = 4, reports = 8000 } },
  },
  case "各项都差一点：每一项分别列出，互不掩盖" {
    given = { enrollments = named, records = records(27, 14, 3, 7999) },
    on = "2025-12-31",
    expect = { rule = "placement", outcome = "unmet", short = { days = 1, observations = 1, sessions = 1, reports = 1 } },
  },
  case "听课再多也不能代替成果字数" {
    given = { enrollments = named, records = records(30, 40, 6, 5000) },
    on = "2025-12-31",
    expect = { rule = "placement", outcome = "unmet", short = { reports = 3000 } },
  },
  case "跟岗期间尚未达到" {
    given = { enrollments = named, records = records(30, 20, 5, 10000) },
    on = "2025-04-09",
    expect = { rule = "placement", outcome = "unmet" },
  },
  case "鉴定表未填天数：天数不详，无法判定" {
    given = { enrollments = named, records = records(nil, 20, 5, 10000) },
    on = "2025-12-31",
    expect = { rule = "placement", outcome = "unknown" },
  },
  case "接收学校不详：其他都达到也无法判定" {
    given = { enrollments = unnamed, records = records(30, 20, 5, 10000) },
    on = "2025-12-31",
    expect = { rule = "placement", outcome = "unknown" },
  },
  case "接收学校不详：什么记录都没有也是无法判定，而不是未达到" {
    given = { enrollments = unnamed },
    on = "2025-04-09",
    expect = { rule = "placement", outcome = "unknown" },
  },
}
