local placement = { kind = "shadowing", since = "2018-10-08", till = "2018-10-21",
  attributes = { applied_on = "2018-09-01", application_no = "A001" } }
local honour = { kind = "honour", since = "2016-06-01", attributes = { honour_title = "骨干教师" } }

case "38岁、教龄5年、骨干教师：符合 / aged 38, five years, a title: eligible" {
  given = { facts = { birth = "1980-03-01", hired = "2013-09-01" }, records = { honour }, enrollments = { placement } },
  on = "2018-10-08", expect = { rule = "eligibility", outcome = "met" } }
case "41岁：不符合 / aged 41: not" {
  given = { facts = { birth = "1977-03-01", hired = "2013-09-01" }, records = { honour }, enrollments = { placement } },
  on = "2018-10-08", expect = { rule = "eligibility", outcome = "unmet", had = { age = 41 }, needed = { age = 40 }, short = { age = 1 }, unmet = { "age" } } }
case "38岁，没有称号也不在培养计划：不符合 / aged 38 without title or programme: not" {
  given = { facts = { birth = "1980-03-01", hired = "2013-09-01" }, enrollments = { placement } },
  on = "2018-10-08", expect = { rule = "eligibility", outcome = "unmet", unmet = { "title" } } }
case "38岁，在青年教师培养计划中：符合 / aged 38 in the youth programme: eligible" {
  given = { facts = { birth = "1980-03-01", hired = "2013-09-01" },
    records = { { kind = "youth_programme", since = "2017-01-01" } }, enrollments = { placement } },
  on = "2018-10-08", expect = { rule = "eligibility", outcome = "met" } }
