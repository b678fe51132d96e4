-- The turn of the period, and what belongs to its last two years.
local function hours(day, amount) return { kind = "activity", since = day, amount = amount } end
local function try(title, on, records, expect)
  expect.rule = "cycle"
  case(title) { given = { records = records }, on = on, expect = expect }
end

try("the first day of the period counts", "2015-06-30", { hours("2010-07-01", 180) }, { outcome = "met", had = { total = 180 } })
try("the day before does not", "2010-07-01", { hours("2010-06-30", 180) }, { outcome = "unmet", had = { total = 0 } })
try("surplus of the first day of the last two years is carried", "2015-06-30",
  { hours("2010-10-01", 180), hours("2013-07-01", 10) }, { outcome = "met", gives = { carry = 10 } })
try("surplus of the day before is lost", "2015-06-30",
  { hours("2010-10-01", 180), hours("2013-06-30", 10) }, { outcome = "met", gives = { carry = 0 } })
case "what is neither an activity nor a credit does not count" {
  given = { records = { { kind = "service", since = "2011-05-01", amount = 200 } } }, on = "2015-06-30",
  expect = { rule = "cycle", outcome = "unmet", had = { total = 0 } } }
