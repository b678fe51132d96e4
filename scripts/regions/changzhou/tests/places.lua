-- Applicants in the order of their application; each is eligible. `people` are known by their codes.
local function applicant(number, mentor, since, till)
  local code = string.format("T%03d", number)
  return { code = code, facts = { birth = "1985-01-01", hired = "2010-09-01" },
    records = { { kind = "youth_programme", since = "2017-01-01" } },
    enrollments = { { kind = "shadowing", programme = "SHADOW", since = since, till = till,
      attributes = { applied_on = since:sub(1, 4) .. "-02-01", application_no = string.format("A%03d", number) } } },
    relations = { { kind = "mentor", b = { person = mentor }, since = since, till = till } } }
end
local programme = { code = "SHADOW", kind = "job_shadowing" }

local function trio_of(year)
  return { applicant(1, "M01", year .. "-10-08", year .. "-10-21"), applicant(2, "M01", year .. "-10-08", year .. "-10-21"),
    applicant(3, "M01", year .. "-10-15", year .. "-10-28"), applicant(4, "M01", year .. "-11-05", year .. "-11-18"), { code = "M01" } }
end
local trio = trio_of "2018"
case "导师同期的第三名学员落选 / a mentor's third trainee in one period is refused" {
  given = { programme = programme, people = trio }, on = "2018-12-31",
  expect = { selection = "places", person = "T003", outcome = "unmet", short = { mentor = 1 } } }
case "导师同期的第二名学员入选 / a mentor's second trainee is taken" {
  given = { programme = programme, people = trio }, on = "2018-12-31",
  expect = { selection = "places", person = "T002", outcome = "met" } }
case "导师另一时期的学员入选 / the mentor's trainee of another period is taken" {
  given = { programme = programme, people = trio }, on = "2018-12-31",
  expect = { selection = "places", person = "T004", outcome = "met" } }
local unfit = { applicant(1, "M01", "2018-10-08", "2018-10-21"), trio[2], trio[3], { code = "M01" } }
unfit[1].records = {}
case "不符合条件的不占名额 / who is not eligible takes no place" {
  given = { programme = programme, people = unfit }, on = "2018-12-31", expect = { selection = "places", person = "T003", outcome = "met" } }
local early = { trio[1], trio[2], applicant(3, "M01", "2018-10-15", "2018-10-28"), { code = "M01" } }
early[3].enrollments[1].attributes.applied_on = "2018-01-31"
case "先申报的在先，不论编号 / who applied earlier comes first, whatever the number" {
  given = { programme = programme, people = early }, on = "2018-12-31", expect = { selection = "places", person = "T003", outcome = "met" } }
case "后申报的落选 / and the last to apply is refused" {
  given = { programme = programme, people = early }, on = "2018-12-31",
  expect = { selection = "places", person = "T002", outcome = "unmet", short = { mentor = 1 } } }

local function crowd_of(year)
  local list = {}
  for number = 1, 101 do
    local mentor = string.format("M%03d", number)
    table.insert(list, applicant(number, mentor, year .. "-10-08", year .. "-10-21"))
    table.insert(list, { code = mentor })
  end
  return list
end
local crowd = crowd_of "2018"
case "当年第101名落选 / the 101st of the year is refused" {
  given = { programme = programme, people = crowd }, on = "2018-12-31",
  expect = { selection = "places", person = "T101", outcome = "unmet", short = { places = 1 } } }
case "当年第100名入选 / the hundredth is taken" {
  given = { programme = programme, people = crowd }, on = "2018-12-31",
  expect = { selection = "places", person = "T100", outcome = "met" } }

-- The limits are in force from 2017 on: placements of that year, decided on its first day.
case "2017年的第101名落选 / the 101st of 2017 is refused" {
  given = { programme = programme, people = crowd_of "2017" }, on = "2017-01-01",
  expect = { selection = "places", person = "T101", outcome = "unmet", short = { places = 1 } } }
case "2017年的第三名学员落选 / the third trainee of 2017 is refused" {
  given = { programme = programme, people = trio_of "2017" }, on = "2017-01-01",
  expect = { selection = "places", person = "T003", outcome = "unmet", short = { mentor = 1 } } }
leaves_open { "places.*.from", "trainees.*.from",
  zh = "名额按年适用，一年之内自哪天起并无分别；前一年无人符合资格",
  en = "limits are those of a year, on whichever day of it they begin; the year before nobody is eligible" }
