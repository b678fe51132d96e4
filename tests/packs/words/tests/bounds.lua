-- Either side of every number and day in the words' rules.
local function talk(day, amount, theme, work) return { kind = "talk", since = day, amount = amount, attributes = { theme = theme, work = work } } end
local function trip(day, amount, level) return { kind = "trip", since = day, amount = amount, level = level } end
local function try(title, rule, given, on, expect)
  expect.rule = rule
  case(title) { given = given, on = on, expect = expect }
end
local last = "2021-12-31"

try("要求随年限按比例，至多十 / in proportion to years of service, ten at most", "service", { facts = { hired = "2019-12-31" }, records = { talk("2020-03-01", 6) } },
  last, { outcome = "met", needed = { n = 6 } })
try("年限再长也只要十 / never more than ten", "service", { facts = { hired = "2010-01-01" }, records = { talk("2020-03-01", 9) } },
  last, { outcome = "unmet", needed = { n = 10 }, short = { n = 1 } })
try("规则声明可重叠的计两次 / what the rule says may overlap counts in both", "overlap",
  { records = { talk("2020-03-01", 5, "class"), talk("2020-04-01", 4, "care") } }, last, { outcome = "met", had = { n = 11 } })
try("条件并列 / several tables at once", "joined",
  { records = { talk("2020-03-01", 4, "class", "W"), talk("2020-04-01", 5, "class"), talk("2020-05-01", 4, "class"), talk("2020-06-01", 9, "care", "W") } },
  last, { outcome = "unmet", had = { n = 9 } })

try("次数恰够 / just enough events", "count", { records = { talk("2020-03-01", 1), talk("2020-03-02", 1) } }, last, { outcome = "unmet", needed = { n = 3 }, short = { n = 1 } })
try("天数恰够 / just enough days", "days", { records = { trip("2020-03-01", 1), trip("2020-03-02", 1) } }, last, { outcome = "unmet", needed = { n = 3 } })
try("三个不同的成果 / three different works", "distinct",
  { records = { talk("2020-03-01", 1, nil, "U"), talk("2020-03-02", 1, nil, "V"), talk("2020-03-03", 1, nil, "W") } }, last, { outcome = "met", needed = { n = 3 } })
try("每年恰好两次 / just two events in each year", "times",
  { records = { talk("2020-03-01", 1), talk("2020-03-02", 1), talk("2021-03-01", 1), talk("2021-03-02", 1) } }, last, { outcome = "met", needed = { ["n 2020"] = 2 } })
try("时段之后一天不计 / the day after the window does not count", "window", { records = { talk("2020-04-01", 10) } }, last, { outcome = "unmet", had = { n = 0 } })
try("满三年才超过两年 / three full years are more than two", "years", { facts = { hired = "2017-01-01" } }, last, { outcome = "met", had = { n = 3 }, needed = { n = 2 } })
try("周期首日之后才参加工作的，至该日不满一年 / hired after the period's first day: no full year before it", "years", { facts = { hired = "2020-05-01" } },
  last, { outcome = "unmet", had = { n = 0 } })
try("2022年首日开始的周期要三十 / thirty in a period that begins on the first day of 2022", "start", { records = {} }, "2022-01-01", { outcome = "unmet", needed = { n = 30 } })
try("2010年首日起有值 / a value from the first day of 2010 on", "own", { facts = { hired = "2010-01-01" } }, "2010-06-01", { outcome = "unmet", needed = { n = 10 } })
try("此前没有值 / none before", "own", { facts = { hired = "2009-12-31" } }, "2010-06-01", { outcome = "unknown" })
try("市级的折算 / the city's rate", "rated", { records = { trip("2021-05-31", 4, "city") } }, last, { outcome = "met", had = { n = 2 } })
try("市级与校级之后的折算 / the later rates of city and school", "rated", { records = { trip("2021-06-01", 4, "city"), trip("2021-06-01", 7, "school") } },
  last, { outcome = "met", had = { n = 5 } })
try("县级获奖也是两分 / a county's prize is two credits too", "prized", { records = { { kind = "prize", since = "2020-05-01", level = "county" } } }, last, { outcome = "met", had = { n = 2 } })
try("周期首日开始的计入 / what starts on the first day counts", "early", { records = { trip("2020-01-01", 10) } }, "2020-12-31", { outcome = "met", had = { n = 10 } })
try("2019年末日参加工作的适用 / it applies to who was hired on the last day of 2019", "applies", { facts = { hired = "2019-12-31" } }, last, { outcome = "unmet" })
try("2020年首日的不适用 / and not on the first day of 2020", "applies", { facts = { hired = "2020-01-01" } }, last, { outcome = "not_applicable" })
try("暂停前一天 / the day before it is suspended", "suspended", { records = {} }, "2020-01-31", { outcome = "unmet" })
try("暂停首日 / the first day of the suspension", "suspended", { records = {} }, "2020-02-01", { outcome = "not_applicable" })
try("2019年末日参加工作的仍须达到 / hired on the last day of 2019 it is asked for", "unless", { facts = { hired = "2019-12-31" } }, last, { outcome = "unmet" })
try("2010年首日的折算 / rates from the first day of 2010", "decided", { records = {} }, "2020-01-01", { outcome = "unmet", needed = { n = 10 } })
leaves_open { "rising.2010-01-01.from", zh = "周期自2020年起，此前读不到", en = "the periods begin in 2020: it is not read before" }
