-- A district that keeps training hours: 360 in five years, 240 before 2011, 120 in probation.
local kept = { hours_are_kept = 1 }
local function training(day, hours, about, practice)
  return { kind = "training", since = day, amount = hours, level = "county", attributes = about and { about = about, practice = practice } }
end
local function try(title, rule, on, records, expect, facts)
  expect.rule = rule
  case(title) { given = { parameters = kept, facts = facts, records = records }, on = on, expect = expect }
end

try("五年360学时 / 360 hours in five years", "in_service", "2015-12-31", { training("2011-01-01", 180), training("2015-12-31", 180) },
  { outcome = "met", had = { hours = 360 }, needed = { hours = 360 } })
try("359学时，差1 / 359, short by one", "in_service", "2015-12-31", { training("2013-05-01", 359) }, { outcome = "unmet", short = { hours = 1 } })
try("2011年前240学时 / 240 before 2011", "in_service", "2010-12-31", { training("2006-01-01", 240) },
  { outcome = "met", needed = { hours = 240 } })
try("前一周期的不带入 / hours of the cycle before stay there", "in_service", "2006-01-01", { training("2005-12-31", 240) },
  { outcome = "unmet", had = { hours = 0 } })
try("最早的周期自2001年 / the earliest cycle begins in 2001", "in_service", "2001-01-01", { training("2001-01-01", 9) },
  { outcome = "unmet", had = { hours = 9 } })
try("新教师120学时 / 120 hours of a new teacher", "induction", "2016-08-31", { { kind = "induction", since = "2015-10-01", amount = 119 } },
  { outcome = "unmet", needed = { hours = 120 }, short = { hours = 1 } }, { hired = "2015-09-01" })
try("试用期内 / still in probation", "induction", "2017-08-31", { { kind = "induction", since = "2015-10-01", amount = 120 } },
  { outcome = "met" }, { hired = "2015-09-01" })
try("满两年，不再是试用期 / after two full years no longer", "induction", "2017-09-01", {}, { outcome = "not_applicable" }, { hired = "2015-09-01" })
try("1999年首日起 / from the first day of the regulation", "induction", "1999-09-13", {},
  { outcome = "unmet", needed = { hours = 120 } }, { hired = "1999-09-01" })
try("此前没有规定 / nothing before", "induction", "1999-09-12", {}, { outcome = "unknown" }, { hired = "1999-09-01" })
for _, id in ipairs { "in_service", "induction", "class_teacher", "principal", "information_technology", "registration" } do
  case("不登记学时的地方不作判定 / not decided where hours are not kept: " .. id) { on = "2020-12-31",
    given = { facts = { hired = "2020-09-01", class_teacher = "2016-09-01", principal = "2016-09-01" } },
    expect = { rule = id, outcome = "not_applicable" } }
end

try("班主任30学时，差1 / class teachers 30, short by one", "class_teacher", "2020-12-31", { training("2017-05-01", 29, "class_teacher"), training("2017-05-01", 200) },
  { outcome = "unmet", had = { hours = 29 }, needed = { hours = 30 }, short = { hours = 1 } }, { class_teacher = "2016-09-01" })
try("班主任30学时 / class teachers 30", "class_teacher", "2020-12-31", { training("2017-05-01", 30, "class_teacher") }, { outcome = "met" }, { class_teacher = "2016-09-01" })
try("不是班主任 / no class teacher", "class_teacher", "2020-12-31", {}, { outcome = "not_applicable" }, { hired = "2016-09-01" })
try("校长：资格300，五年360 / principals: 300 to qualify, 360 in five years", "principal", "2020-12-31",
  { training("2012-05-01", 300, "qualification"), training("2017-05-01", 360) },
  { outcome = "met", had = { qualification = 300, hours = 360 }, needed = { qualification = 300, hours = 360 } }, { principal = "2012-09-01" })
try("资格培训不顶提高培训 / qualification does not stand for training in post", "principal", "2020-12-31",
  { training("2016-05-01", 299, "qualification"), training("2017-05-01", 359) },
  { outcome = "unmet", short = { qualification = 1, hours = 1 } }, { principal = "2012-09-01" })
try("2013年前的周期240 / 240 in a cycle that began before 2013", "principal", "2015-12-31", { training("2013-05-01", 240) },
  { outcome = "unmet", needed = { hours = 240 }, short = { qualification = 300 } }, { principal = "2012-09-01" })
try("前一周期起任班主任的也要求 / class teachers since the cycle before too", "class_teacher", "2020-12-31", {},
  { outcome = "unmet", short = { hours = 30 } }, { class_teacher = "2012-09-01" })
try("规定之前开始的周期不要求 / not in a cycle that began before the text", "class_teacher", "2010-12-31", {},
  { outcome = "not_applicable" }, { class_teacher = "2004-09-01" })
try("跨周期的归结束的周期 / what spans two cycles belongs to the one it ends in", "in_service", "2016-01-02",
  { { kind = "training", since = "2015-12-30", till = "2016-01-02", amount = 20, level = "county" } }, { outcome = "unmet", had = { hours = 20 } })
try("其他培训不算信息技术 / other training is not of information technology", "information_technology", "2020-12-31",
  { training("2019-05-01", 50), training("2019-05-02", 50, "class_teacher", true) }, { outcome = "unmet", had = { hours = 0, practice = 0 } })

try("信息技术50学时，实践过半 / 50 hours, half of it practice", "information_technology", "2020-12-31",
  { training("2019-05-01", 25, "information_technology", true), training("2019-06-01", 25, "information_technology") },
  { outcome = "met", had = { hours = 50, practice = 25 }, needed = { hours = 50, practice = 25 } })
try("实践不足一半 / less than half of it practice", "information_technology", "2019-04-01",
  { training("2019-03-01", 24, "information_technology", true), training("2019-03-02", 25, "information_technology") },
  { outcome = "unmet", short = { hours = 1, practice = 1 } })
try("2019年4月前不适用 / not before April 2019", "information_technology", "2019-03-31", {}, { outcome = "not_applicable" })

leaves_open { "hours_are_kept.*", zh = "只分登记与不登记，案例自行给出", en = "it is yes or no, and cases give it themselves" }
leaves_open { "induction_hours.1999-09-13.from", "probation_years.1999-09-13.from",
  zh = "两项同日施行，缺一则无法判定", en = "both begin on the same day; without either nothing can be decided" }
leaves_open { "information_technology_*.from", zh = "规则与取值同日施行", en = "the rule is in force from the same day" }
