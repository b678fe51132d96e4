local function record(kind, mode, day, amount) return { kind = kind, mode = mode, since = day, amount = amount } end
local function plan(...)
  local list = {}
  for year = 2016, 2020 do table.insert(list, record("course", "offline", year .. "-03-01", 60)) end
  for _, more in ipairs { ... } do table.insert(list, more) end
  return list
end

case "各项达标 / every need is met" {
  given = { facts = { hired = "2000-09-01" }, records = plan(record("placement", "offline", "2018-05-01", 40),
    record("school_based", "offline", "2017-05-01", 30)) },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "met", had = { total = 364, practice = 40 } } }
case "校本按年封顶，网络按应修的一半封顶 / caps of school-based by year and online by half of what is required" {
  given = { facts = { hired = "2000-09-01" }, records = {
    record("school_based", "offline", "2016-05-01", 30), record("school_based", "offline", "2017-05-01", 30),
    record("school_based", "offline", "2018-05-01", 30), record("school_based", "offline", "2019-05-01", 30),
    record("school_based", "offline", "2020-05-01", 30), record("course", "online", "2016-06-01", 200) } },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "unmet", had = { total = 276 }, short = { total = 84 } } }
case "每年只计前两次获奖 / the first two awards of a year" {
  given = { facts = { hired = "2020-03-01" }, records = { record("award", "offline", "2020-04-01", 10),
    record("award", "offline", "2020-05-01", 10), record("award", "offline", "2020-06-01", 100) } },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "unmet", had = { total = 20 }, needed = { total = 120 }, short = { total = 100 } } }
case "新教师只看总学时 / a novice needs the total alone" {
  given = { facts = { hired = "2019-09-01" }, records = { record("course", "offline", "2020-04-01", 120) } },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "met", had = { total = 120 }, needed = { total = 120 } } }
-- Between novice and not: the day after which one is, and what the others are asked for each year.
case "2019年8月31日参加工作的不是新教师 / hired on 31 August 2019 is no novice" {
  given = { facts = { hired = "2019-08-31" }, records = { record("placement", "offline", "2020-04-01", 39) } }, on = "2020-12-31",
  expect = { rule = "cycle", outcome = "unmet", needed = { total = 360, ["year 2016"] = 48, practice = 40 }, short = { practice = 1 } } }
case "未写明方式的待复核 / a course whose mode is not said is for review" {
  given = { facts = { hired = "2000-09-01" }, records = { record("course", nil, "2020-04-01", 10) } },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "unmet", had = { total = 0 }, review = 1 } }
case "每年恰好48 / exactly 48 in a year" {
  given = { facts = { hired = "2000-09-01" }, records = { record("placement", "offline", "2016-03-01", 48), record("course", "offline", "2017-03-01", 78),
    record("course", "offline", "2018-03-01", 78), record("course", "offline", "2019-03-01", 78), record("course", "offline", "2020-03-01", 78) } },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "met", had = { total = 360, ["year 2016"] = 48, practice = 48 } } }
case "获奖按年各计两次，网络按周期封顶，线上工作坊不算实践 / awards by year, online by cycle, an online workshop is no practice" {
  given = { facts = { hired = "2000-09-01" }, records = {
    record("award", "offline", "2016-04-01", 10), record("award", "offline", "2016-05-01", 10),
    record("award", "offline", "2017-04-01", 10), record("award", "offline", "2017-05-01", 10),
    record("course", "online", "2018-05-01", 120), record("workshop", "online", "2019-05-01", 120),
    record("placement", "offline", "2020-05-01", 20), record("workshop", "offline", "2020-06-01", 30) } },
  on = "2020-12-31", expect = { rule = "cycle", outcome = "unmet", had = { total = 270, practice = 30 }, short = { total = 90, practice = 10 } } }
