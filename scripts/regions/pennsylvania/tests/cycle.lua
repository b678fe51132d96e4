-- The period that is decided runs from July 2010 to June 2015.
local function hours(day, amount) return { kind = "activity", since = day, amount = amount } end
local function credits(day, amount) return { kind = "credit", since = day, amount = amount } end

case "PA-A: three credits and 90 hours" { given = { records = { credits("2011-05-01", 3), hours("2012-05-01", 90) } },
  on = "2015-06-30", expect = { rule = "cycle", outcome = "met", had = { total = 180 }, gives = { carry = 0 } } }
case "PA-B: 70 hours in the last two years exceed the total, 50 are carried" {
  given = { records = { hours("2010-10-01", 60), hours("2011-10-01", 60), hours("2012-10-01", 60), hours("2013-10-01", 40), hours("2014-10-01", 30) } },
  on = "2015-06-30", expect = { rule = "cycle", outcome = "met", had = { total = 250 }, gives = { carry = 50 } } }
case "PA-C: 240 hours in the first three years carry nothing" {
  given = { records = { hours("2010-10-01", 80), hours("2011-10-01", 80), hours("2012-10-01", 80) } },
  on = "2015-06-30", expect = { rule = "cycle", outcome = "met", had = { total = 240 }, gives = { carry = 0 } } }
case "PA-D: five credits are 30 hours short" { given = { records = { credits("2011-05-01", 5) } },
  on = "2015-06-30", expect = { rule = "cycle", outcome = "unmet", had = { total = 150 }, short = { total = 30 } } }
case "what was carried comes first in the next period" {
  given = { records = { hours("2010-10-01", 180), hours("2014-10-01", 40), hours("2016-10-01", 140) } },
  on = "2020-06-30", expect = { rule = "cycle", outcome = "met", had = { total = 180 }, gives = { carry = 0 } } }
