-- Where the text draws a line: two days, the level of the organiser, the turn of the year and of the cycle.
local function training(mode, level, since, till, hours)
  return { kind = "training", mode = mode, level = level, since = since, till = till, amount = hours }
end
local function try(title, on, records, expect)
  expect.rule = "cycle"
  case(title) { given = { records = records }, on = on, expect = expect }
end

try("县级两天，每学时0.2分 / two days of a county, 0.2 credits an hour", "2022-12-31",
  { training("full_time", "county", "2018-07-02", "2018-07-03", 14) }, { outcome = "unmet", had = { face = "2.8" } })
try("学校自行组织的两天不算集中培训 / two days of the school itself are not face-to-face", "2022-12-31",
  { training("full_time", "school", "2018-07-02", "2018-07-03", 10) }, { outcome = "unmet", had = { face = 0, school = 2 } })
try("上一年末日和次年首日各计各年 / the last day of a year and the first of the next count for each", "2022-12-31",
  { training("on_site", "school", "2019-01-31", nil, 50), training("on_site", "school", "2019-02-01", nil, 50) },
  { outcome = "unmet", had = { school = 20 } })
try("周期首日计入 / the first day of the cycle counts", "2022-12-31",
  { training("on_site", "school", "2018-02-01", nil, 50) }, { outcome = "unmet", had = { school = 10 } })
try("周期首日之前不计 / the day before does not", "2018-02-01",
  { training("on_site", "school", "2018-01-31", nil, 50) }, { outcome = "unmet", had = { school = 0 } })
try("周期末日还在本周期 / the last day still lies in the cycle", "2023-01-31",
  { training("on_site", "school", "2023-01-31", nil, 50) }, { outcome = "unmet", had = { school = 10 } })
try("次日是新周期，旧学分不带入 / the next day is a new cycle, old credits stay behind", "2023-02-01",
  { training("on_site", "school", "2023-01-31", nil, 50) }, { outcome = "unmet", had = { school = 0 } })
try("跨年的归结束之年，与当年其他的一同封顶 / what spans two years belongs to the one it ends in, and shares its cap", "2022-12-31",
  { training("on_site", "school", "2019-01-30", "2019-02-02", 50), training("on_site", "school", "2019-10-10", nil, 50) },
  { outcome = "unmet", had = { school = 10 }, left = { school = 10 } })
