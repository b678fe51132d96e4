-- The sentence is the test. 标题就是一句规则。
local place = { { kind = "trainee", since = "2025-03-10", till = "2025-03-12" } }
local function day_of(day, hours) return { kind = "training", since = day, amount = hours } end

case "三天24学时，结业 / three days with 24 hours complete the class" {
  given = { enrollments = place, records = { day_of("2025-03-10", 8), day_of("2025-03-11", 8), day_of("2025-03-12", 8) } },
  on = "2025-12-31", expect = { rule = "completion", outcome = "met", had = { hours = 24, days = 3 } } }
case "缺一天，学时差8，天数差1 / a day missed: short by 8 hours and one day" {
  given = { enrollments = place, records = { day_of("2025-03-10", 8), day_of("2025-03-11", 8) } },
  on = "2025-12-31", expect = { rule = "completion", outcome = "unmet", short = { hours = 8, days = 1 } } }
-- A value holds from its first day on, not a day earlier. 取值自起始日起有效，早一天则没有。
case "2024年没有规定，无法判定 / nothing is laid down for 2024" {
  given = { enrollments = place }, on = "2024-12-31", expect = { rule = "completion", outcome = "unknown" } }
case "2025年起24学时、3天 / from 2025 on 24 hours and 3 days" {
  given = { enrollments = place }, on = "2025-01-01",
  expect = { rule = "completion", outcome = "unmet", needed = { hours = 24, days = 3 } } }
