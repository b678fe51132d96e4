-- S1 to S7 of the regulation's table. Credits are made from hours: national 0.5, province 0.4, city 0.3, school 0.2.
local function face(level, hours)
  return { kind = "training", mode = "full_time", level = level, since = "2018-07-02", till = "2018-07-11", amount = hours }
end
local function online(level, hours, month)
  return { kind = "training", mode = "online", level = level, since = "2019-0" .. month .. "-01", amount = hours }
end
-- School-based credits in each of the five years, which begin on 1 February.
local function school(...)
  local list = {}
  for position, credits in ipairs { ... } do
    if credits > 0 then
      table.insert(list, { kind = "training", mode = "on_site", level = "school",
        since = tostring(2017 + position) .. "-10-10", amount = credits * 5 })
    end
  end
  return list
end
local function records(list, ...)
  for _, record in ipairs { ... } do table.insert(list, record) end
  return list
end
local function try(title, list, expect)
  expect.rule = "cycle"
  case(title) { given = { records = list }, on = "2022-12-31", expect = expect }
end

try("S1: 三类学分恰好达标 / exactly enough of each",
  records(school(10, 10, 10, 10, 10), face("national", 60), online("city", 100, 3), online("province", 25, 4)),
  { outcome = "met", had = { face = 30, online = 40, school = 50 }, needed = { face = 30, online = 40, school = 50 } })
try("S2: 集中培训的盈余可抵远程 / the surplus of face-to-face offsets online",
  records(school(10, 10, 10, 10, 10), face("national", 100), online("province", 50, 3)),
  { outcome = "met", had = { face = 50, online = 40, school = 50 } })
try("S3: 校本研修缺4分，总分再多也不抵 / school-based short by 4, whatever the total",
  records(school(10, 10, 10, 10, 6), face("national", 60), online("province", 200, 3)),
  { outcome = "unmet", short = { school = 4 }, unmet = { "school" }, had = { face = 30, online = 80, school = 46 } })
try("S4: 校本研修按年封顶，缺10分 / school-based is capped by year, short by 10",
  records(school(14, 14, 14, 14, 0), face("national", 60), online("city", 100, 3), online("province", 25, 4)),
  { outcome = "unmet", short = { school = 10 }, unmet = { "school" }, had = { school = 40 }, left = { school = 16 } })
try("S5: 抵后远程仍缺10分 / online short by 10 after the offset",
  records(school(10, 10, 10, 10, 10), face("national", 100), online("province", 25, 3)),
  { outcome = "unmet", short = { online = 10 }, unmet = { "online" }, had = { face = 50, online = 30 } })
try("S6: 县级组织的远程培训不予认定 / online training of a county counts nothing",
  records(school(10, 10, 10, 10, 10), face("national", 60), online("county", 300, 3)),
  { outcome = "unmet", short = { online = 40 }, unmet = { "online" }, review = 1, had = { face = 30, online = 0, school = 50 } })
try("S7: 一天的集中培训不足两天，不予认定，待复核 / one day is less than two: not recognised, listed for review",
  { { kind = "training", mode = "full_time", level = "county", since = "2018-07-02", amount = 7 } },
  { outcome = "unmet", short = { face = 30, online = 40, school = 50 }, had = { face = 0 }, review = 1 })
