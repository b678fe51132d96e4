-- The loop is closed by all three phases; each is a need of its own.
local named = { { kind = "job_shadowing", host = "H-01", since = "2025-04-07", till = "2025-05-06" } }
local function done(...)
  local list = { { kind = "placement", since = "2025-04-07", till = "2025-05-06", amount = 28 },
    { kind = "report", since = "2025-05-12", amount = 8000, attributes = { work = "跟岗研修总结" } } }
  for k = 1, 15 do list[#list + 1] = { kind = "lesson_observation", since = "2025-04-08", attributes = { period = k } } end
  for k = 1, 4 do list[#list + 1] = { kind = "research_session", since = "2025-04-10", amount = 90, activity = "M" .. k } end
  for _, more in ipairs { ... } do list[#list + 1] = more end
  return list
end
local application = { kind = "application", since = "2025-05-20", attributes = { work = "优化导学案设计" } }
local function try(title, rule, on, records, expect)
  expect.rule = rule
  case(title) { given = { enrollments = named, records = records }, on = on, expect = expect }
end

try("三个阶段都完成：闭环", "loop", "2025-12-31", done(application, { kind = "video", since = "2025-07-10", amount = 15 }), { outcome = "met" })
try("只完成跟岗：未闭环", "loop", "2025-12-31", done(), { outcome = "unmet" })
try("没有跟岗：未闭环", "loop", "2025-12-31", { application }, { outcome = "unmet" })
try("分享视频15分钟即达到", "sharing", "2025-12-31", { { kind = "video", since = "2025-07-10", amount = 15 } }, { outcome = "met", had = { video = 15 } })

-- 2025年首日起适用：门槛自该日起有值，前一日没有。
local needed = { placement = { days = 28, observations = 15, sessions = 4, reports = 8000 }, application = { change = 1 }, sharing = { video = 15 } }
for rule, values in pairs(needed) do
  try("2025年首日起适用：" .. rule, rule, "2025-01-01", {}, { outcome = "unmet", needed = values })
end
leaves_open { "*.2025-01-01.from", zh = "项目自2025年开始，此前没有人参加", en = "the programme begins in 2025; before it nobody took part" }
