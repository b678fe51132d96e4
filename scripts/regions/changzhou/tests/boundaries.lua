-- Three years exactly, forty exactly, a mentor's second trainee, absence.
local function placement(facts, records, on, expect)
  return { given = { facts = facts, records = records, enrollments = { { kind = "shadowing", since = "2018-10-08", till = "2018-10-21",
    attributes = { applied_on = "2018-09-01", application_no = "A001" } } } }, on = on, expect = expect }
end
local youth = { { kind = "youth_programme", since = "2016-01-01" } }

case "教龄满3年的当天符合 / three full years to the day" (placement({ birth = "1985-01-01", hired = "2015-10-08" }, youth, "2018-10-08",
  { rule = "eligibility", outcome = "met", had = { teaching = 3 } }))
case "教龄差一天满3年，不符合 / a day short of three years" (placement({ birth = "1985-01-01", hired = "2015-10-09" }, youth, "2018-10-08",
  { rule = "eligibility", outcome = "unmet", short = { teaching = 1 } }))
case "年满40周岁、未满41的符合 / forty, to the day before forty-one" (placement({ birth = "1977-10-09", hired = "2010-09-01" }, youth, "2018-10-08",
  { rule = "eligibility", outcome = "met", had = { age = 40 }, needed = { age = 40 } }))
case "满41周岁的当天不符合 / forty-one on the day" (placement({ birth = "1977-10-08", hired = "2010-09-01" }, youth, "2018-10-08",
  { rule = "eligibility", outcome = "unmet", had = { age = 41 } }))
case "2017年首日起适用 / in force from the first day of 2017" (placement({ birth = "1985-01-01", hired = "2010-09-01" }, youth, "2017-01-01",
  { rule = "eligibility", outcome = "met", needed = { teaching = 3, age = 40 } }))
case "此前没有规定，教龄两年、41岁也无法判定 / nothing was laid down before" (placement({ birth = "1975-01-01", hired = "2014-09-01" }, youth, "2016-12-31",
  { rule = "eligibility", outcome = "unknown" }))
case "没有缺勤 / no absence" (placement({}, {}, "2018-10-21", { rule = "attendance", outcome = "met" }))
case "无故缺勤一次即终止 / one absence without reason ends the placement" (placement({}, { { kind = "absence", since = "2018-10-10" } }, "2018-10-21",
  { rule = "attendance", outcome = "unmet", short = { absence = 1 } }))
