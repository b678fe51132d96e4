-- Probation and new principals, by the day of the decision.
local function probation(title, day, practice, expect)
  expect.rule = "probation"
  case(title) { given = { records = { { kind = "probation", mode = "practice", since = "2010-03-01", amount = practice } } }, on = day, expect = expect }
end
probation("2011年首日：180学时，实践60 / from 2011 on: 180 hours, 60 of practice", "2011-01-01", 59,
  { outcome = "unmet", needed = { hours = 180, practice = 60 }, short = { hours = 121, practice = 1 } })
probation("此前没有规定 / nothing before", "2010-12-31", 59, { outcome = "unknown" })
probation("旧办法的末日 / the last day of the old text", "2016-08-31", 180, { outcome = "met", needed = { practice = 60 } })
probation("2016年9月起实践80 / 80 of practice from September 2016 on", "2016-09-01", 79,
  { outcome = "unmet", needed = { hours = 180, practice = 80 }, short = { hours = 101, practice = 1 } })

local function principal(title, day, list, expect)
  expect.rule = "principal"
  case(title) { given = { records = list }, on = day, expect = expect }
end
local function course(mode, hours) return { kind = "principal_training", mode = mode, since = "2016-08-01", amount = hours } end
principal("300学时，其中集中90 / 300 hours, 90 of them face-to-face", "2017-08-31", { course("face_to_face", 90), course("online", 210) },
  { outcome = "met", had = { hours = 300, face = 90 } })
principal("集中89，差1 / 89 face-to-face, short by one", "2016-09-01", { course("face_to_face", 89), course("online", 211) },
  { outcome = "unmet", needed = { hours = 300, face = 90 }, short = { face = 1 } })
principal("299学时，差1 / 299 hours, short by one", "2017-08-31", { course("face_to_face", 299) }, { outcome = "unmet", short = { hours = 1 } })
principal("2016年9月前没有规定 / nothing before September 2016", "2016-08-31", { course("face_to_face", 9) }, { outcome = "unknown" })
case "校长培训不计入2010年的周期学时 / principals' training gives no hours of the cycle of 2010" {
  given = { records = { { kind = "principal_training", since = "2013-05-01", amount = 20 } } }, on = "2016-08-31",
  expect = { rule = "cycle_2010", outcome = "unmet", had = { total = 0 } } }
