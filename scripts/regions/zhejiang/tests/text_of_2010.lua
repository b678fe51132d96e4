-- The caps of the text of 2010, one by one. A year begins in September; from 2011 a cycle has five of them.
local function yearly(kind, mode, amount)
  local list = {}
  for year = 2011, 2015 do table.insert(list, { kind = kind, mode = mode, since = year .. "-10-10", amount = amount }) end
  return list
end
local function try(title, records, expect, on)
  expect.rule = "cycle_2010"
  case(title) { given = { records = records }, on = on or "2016-08-31", expect = expect }
end
local function capped(zh, en, kind, mode, year, cycle)
  try(zh .. " / " .. en, yearly(kind, mode, 30), { outcome = "unmet",
    had = { total = cycle, ["year 2011"] = year, ["year 2015"] = year }, needed = { total = 360, ["year 2011"] = 48, block = 90 } })
end

capped("校本每年24、周期120", "school-based: 24 a year, 120 a cycle", "school_based", "on_site", 24, 120)
capped("短期培训每年24、周期120", "short training: 24 a year, 120 a cycle", "short_training", "face_to_face", 24, 120)
capped("师德每年16、周期80", "ethics: 16 a year, 80 a cycle", "ethics", "on_site", 16, 80)
capped("网络每年10、周期50", "online: 10 a year, 50 a cycle", "training", "online", 10, 50)
try("每年最多计144 / at most 144 of a year", { { kind = "training", mode = "face_to_face", since = "2012-07-01", till = "2012-07-20", amount = 150 } },
  { outcome = "unmet", had = { total = 144, ["year 2011"] = 144, block = 150 } })
try("中间隔一天就不是一段 / a day between parts a block", {
  { kind = "training", mode = "face_to_face", since = "2012-07-02", till = "2012-07-06", amount = 40 },
  { kind = "training", mode = "face_to_face", since = "2012-07-08", till = "2012-07-13", amount = 50 } },
  { outcome = "unmet", had = { block = 50 }, short = { block = 40 } })
try("五年各72学时达标 / 72 in each of the years, met", { table.unpack(yearly("training", "face_to_face", 90)) },
  { outcome = "met", had = { total = 450 } })
try("2016年9月前的培训归旧周期 / what lies before September 2016 belongs to the old cycle",
  { { kind = "training", mode = "face_to_face", since = "2011-09-01", amount = 40 }, { kind = "training", mode = "face_to_face", since = "2016-08-31", amount = 40 } },
  { outcome = "unmet", had = { total = 80, ["year 2011"] = 40, ["year 2015"] = 40 } })

local function face(day, till, amount) return { kind = "training", mode = "face_to_face", since = day, till = till, amount = amount } end
try("总数360、每年48、集中90，都恰好 / exactly 360 in all, 48 in each year, a block of 90", { face("2012-03-01", "2012-03-20", 90),
  face("2012-10-10", nil, 48), face("2013-10-10", nil, 48), face("2014-10-10", nil, 48), face("2015-10-10", nil, 63), face("2015-12-10", nil, 63) },
  { outcome = "met", had = { total = 360, ["year 2012"] = 48, block = 90 } })
try("网络培训不算集中 / online training makes no block", { { kind = "training", mode = "online", since = "2012-03-01", till = "2012-03-20", amount = 90 } },
  { outcome = "unmet", had = { block = 0 }, short = { block = 90 } })
try("跨年的归结束之年 / what spans two years belongs to the one it ends in", { face("2012-08-30", "2012-09-02", 40) },
  { outcome = "unmet", had = { ["year 2011"] = 0, ["year 2012"] = 40 } })

leaves_open { "school_cycle.*.value", "short_cycle.*.value", "ethics_cycle.*.value", "online_cycle.*.value",
  zh = "每年上限的五倍恰为周期上限，周期上限再高一学时也无从达到", en = "five times the cap of a year is the cap of the cycle: one hour more of it cannot be reached" }
