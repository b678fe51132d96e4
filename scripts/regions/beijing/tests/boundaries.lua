-- What the table leaves open: each rate, each need on its own, the first and last day of the cycle.
local function hours(category, mode, amount, day)
  return { kind = "training", mode = mode, since = day or "2017-05-01", amount = amount, attributes = { category = category } }
end
local function try(title, records, expect, on)
  expect.rule = "cycle"
  case(title) { given = { records = records }, on = on or "2020-12-31", expect = expect }
end

for _, mode in ipairs { "practice", "research", "seminar", "observation" } do
  try("二十学时一学分 / twenty hours are one credit: " .. mode, { hours("common", mode, 100) },
    { outcome = "unmet", had = { common = 5 }, short = { common = 1, elective = 10, total = 31 } })
end
try("各项要求的学分 / what each need asks for", { hours("common", "lecture", 1) }, { outcome = "unmet",
  had = { common = "0.1" }, needed = { common = 6, professional = 10, elective = 10, school_based = 10, total = 36 } })
try("未分类的学时不计学分 / hours of no category give no credit", { hours(nil, "lecture", 60) }, { outcome = "unmet", had = { total = 0 } })
try("2016年首日计入 / the first day of 2016 counts", { hours("common", "lecture", 60, "2016-01-01") }, { outcome = "unmet", had = { common = 6 } })
try("周期首日判定，上年的不计 / on the first day what lies before does not count", { hours("common", "lecture", 60, "2015-12-31") },
  { outcome = "unmet", had = { common = 0 } }, "2016-01-01")
try("2020年末日计入 / the last day of 2020 counts", { hours("common", "lecture", 60, "2020-12-31") }, { outcome = "unmet", had = { common = 6 } })
try("2021年是下一周期 / 2021 is the next cycle", { hours("common", "lecture", 60, "2020-12-31") }, { outcome = "unmet", had = { common = 0 } }, "2021-01-01")

local function hired(day, amount, expect)
  expect.rule = "induction"
  case("参加工作于" .. day .. " / hired on " .. day) { on = "2020-12-31", expect = expect,
    given = { facts = { hired = day }, records = { { kind = "induction", since = "2017-10-01", amount = amount } } } }
end
hired("2016-01-01", 120, { outcome = "met", needed = { induction = 120 } })
hired("2015-12-31", 119, { outcome = "not_applicable" })
