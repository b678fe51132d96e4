-- B1 to B6 of the regulation's table; in B2, B3 and B6 credits are given, ten lecture hours each.
local function hours(category, mode, amount)
  return { kind = "training", mode = mode, since = "2017-05-01", amount = amount, attributes = { category = category } }
end
local function credits(common, professional, elective, school_based)
  return { hours("common", "lecture", common * 10), hours("professional", "lecture", professional * 10),
    hours("elective", "lecture", elective * 10), hours("school_based", "school_based", school_based * 20) }
end
local function try(title, records, expect)
  expect.rule = "cycle"
  case(title) { given = { records = records, facts = { hired = "2010-09-01" } }, on = "2020-12-31", expect = expect }
end

try("B1: 各类学时恰好折算达标 / hours give exactly enough",
  { hours("common", "lecture", 60), hours("professional", "lecture", 100), hours("elective", "lecture", 100),
    hours("school_based", "school_based", 200) },
  { outcome = "met", had = { common = 6, professional = 10, elective = 10, school_based = 10, total = 36 } })
try("B2: 专业必修盈余4分抵选修 / four of professional surplus offset elective",
  credits(6, 14, 6, 10), { outcome = "met", had = { professional = 10, elective = 10, total = 36 } })
try("B3: 选修盈余不能抵专业必修 / elective surplus does not offset professional",
  credits(6, 8, 14, 10), { outcome = "unmet", short = { professional = 2 }, unmet = { "professional" }, had = { elective = 14, total = 38 } })
try("B4: 网络培训二十学时一学分 / twenty online hours are one credit",
  { hours("common", "lecture", 60), hours("professional", "online", 100), hours("elective", "lecture", 100),
    hours("school_based", "school_based", 300) },
  { outcome = "unmet", short = { professional = 5 }, unmet = { "professional" }, had = { professional = 5, school_based = 15 } })
case "B5: 新任教师培训缺20学时，其他培训不能代替 / induction short by 20, other training does not replace it" {
  given = { facts = { hired = "2017-09-01" },
    records = { { kind = "induction", since = "2017-10-01", amount = 100 }, hours("elective", "lecture", 300) } },
  on = "2020-12-31", expect = { rule = "induction", outcome = "unmet", short = { induction = 20 }, had = { induction = 100 } } }
case "B5: 2016年前参加工作的不适用 / not for those hired before 2016" {
  given = { facts = { hired = "2015-09-01" } }, on = "2020-12-31",
  expect = { rule = "induction", outcome = "not_applicable" } }
try("B6: 校本研修缺1分，没有抵扣 / school-based short by 1, nothing offsets it",
  credits(6, 20, 10, 9), { outcome = "unmet", short = { school_based = 1 }, unmet = { "school_based" }, had = { elective = 20, total = 45 } })
