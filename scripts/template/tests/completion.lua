-- The sentence is the test. 标题就是一句规则。
local place = { { kind = "trainee", since = "2025-03-10", till = "2025-03-12" } }
local function day_of(day, hours) return { kind = "training", since = day, amount = hours } end

case "三天24学时，结业 / three days with 24 hours complete the class" {
  given = { enrollments = place, records = { day_of("2025-03-10", 8), day_of("2025-03-11", 8), day_of("2025-03-12", 8) } },
  on = "2025-12-31", expect = { rule = "completion", outcome = "met", had = { hours = 24, days = 3 } } }
case "缺一天，学时差8，天数差1 / a day missed: short by 8 hours and one day" {
  given = { enrollments = place, records = { day_of("2025-03-10", 8), day_of("2025-03-11", 8) } },
  on = "2025-12-31", expect = { rule = "completion", outcome = "unmet", short = { hours = 8, days = 1 } } }
