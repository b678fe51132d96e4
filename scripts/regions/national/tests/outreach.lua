-- Visits to a township in a year: four for each subject, of two days each.
local function visits_of(year, course, ...)
  local list = {}
  for number, days in ipairs { ... } do
    table.insert(list, { kind = "outreach", attributes = { course = course },
      since = string.format("%d-%02d-10", year, number), till = string.format("%d-%02d-%02d", year, number, 9 + days) })
  end
  return list
end
local function visits(course, ...) return visits_of(2017, course, ...) end
local function with(list, more)
  for _, one in ipairs(more) do table.insert(list, one) end
  return list
end
local function try(title, records, expect, on)
  expect.rule = "outreach"
  case(title) { given = { organization = "乡镇", records = records }, on = on or "2017-12-31", expect = expect }
end

try("每次2、2、2、2天：达到 / visits of 2, 2, 2, 2 days meet it", with(visits("语文", 2, 2, 2, 2), visits("数学", 2, 2, 2, 2)),
  { outcome = "met", had = { ["visits 语文"] = 4 }, needed = { ["visits 语文"] = 4 } })
try("每次2、2、2、1天：未达到 / 2, 2, 2, 1 do not", with(visits("语文", 2, 2, 2, 1), visits("数学", 2, 2, 2, 2)),
  { outcome = "unmet", short = { ["visits 语文"] = 1 }, unmet = { "visits 语文" } })
try("语文八天，数学没有：语文达到，数学未达到 / eight days in 语文 and none in 数学", visits("语文", 2, 2, 2, 2),
  { outcome = "unmet", had = { ["visits 语文"] = 4, ["visits 数学"] = 0 }, short = { ["visits 数学"] = 4 }, unmet = { "visits 数学" } })
try("2016年起施行 / in force from 2016", visits_of(2016, "语文", 2, 2, 2, 2), { outcome = "unmet", had = { ["visits 语文"] = 4 }, needed = { ["visits 语文"] = 4 } }, "2016-12-31")
try("上一年的不带入 / visits of the year before do not count", visits_of(2016, "语文", 2, 2, 2, 2), { outcome = "not_applicable" })
try("跨年的归结束之年 / a visit over new year belongs to the year it ends in",
  { { kind = "outreach", since = "2016-12-30", till = "2017-01-01", attributes = { course = "语文" } } }, { outcome = "unmet", had = { ["visits 语文"] = 1 } })
