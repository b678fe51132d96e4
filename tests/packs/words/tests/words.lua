local function talk(day, amount, theme, work, activity)
  return { kind = "talk", since = day, amount = amount, activity = activity, attributes = { theme = theme, work = work } }
end
local function trip(since, till, amount, level) return { kind = "trip", since = since, till = till, amount = amount, level = level } end
local function try(title, rule, given, on, expect)
  expect.rule = rule
  case(title) { given = given, on = on, expect = expect }
end
local function had(amount, outcome) return { outcome = outcome, had = { n = amount } } end

local sessions = { records = { talk("2020-03-01", 3, nil, nil, "A"), talk("2020-03-01", 3, nil, nil, "A"), talk("2020-03-01", 3, nil, nil, "B"),
  talk("2020-03-02", 5) } }
try("同一场次封顶 / a cap by session", "session", sessions, "2021-12-31", had(11, "met"))
try("每条封顶 / a cap by item", "item", sessions, "2021-12-31", had(13, "met"))
try("每日封顶 / a cap by day", "day", sessions, "2021-12-31", had(8, "unmet"))
try("多日的记录逐日封顶 / a record of several days fills each of them", "day",
  { records = { { kind = "talk", since = "2020-03-01", till = "2020-03-03", amount = 9 }, talk("2020-03-03", 5) } }, "2021-12-31", had(12, "met"))
try("先按条、再按年、再按周期封顶 / caps by item, year and cycle, in that order", "order",
  { records = { talk("2020-03-01", 9), talk("2020-04-01", 9), talk("2021-03-01", 9), talk("2021-04-01", 2) } }, "2021-12-31", had(15, "met"))
local themes = { records = { talk("2020-03-01", 3, "class"), talk("2020-04-01", 3, "care"), talk("2020-05-01", 3, "class"), talk("2021-05-01", 9, "class") } }
try("盈余只取所限类别 / over takes what a cap of the same table leaves out", "above", themes, "2021-12-31", had(7, "unmet"))
try("cap 与 over 合为全部 / cap and over make the whole", "both", themes, "2021-12-31", had(18, "met"))
try("同一成果取数量最大者 / once keeps the greatest amount", "once",
  { records = { talk("2020-03-01", 3, nil, "W"), talk("2020-04-01", 8, nil, "W"), talk("2020-05-01", 2, nil, "V"), talk("2020-06-01", 1), talk("2020-07-01", 1) } },
  "2021-12-31", had(12, "met"))
try("一类不足则全不计 / nothing of a theme counts below its minimum", "minimum",
  { records = { talk("2020-03-01", 3, "class"), talk("2020-04-01", 3, "class"), talk("2020-05-01", 5.5, "care") } }, "2021-12-31", had(6, "unmet"))
local parts = { records = { talk("2020-03-01", 1.75), talk("2020-04-01", 1.5), talk("2021-04-01", 0.99) } }
try("逐条去尾 / each item is rounded down", "down", parts, "2021-12-31", had(2, "unmet"))
try("逐年进位 / each year is rounded up", "up", parts, "2021-12-31", had(5, "unmet"))
try("周期合计四舍五入到半学时 / the cycle is rounded to the nearer half", "half", parts, "2021-12-31", had("4", "unmet"))
try("次数 / a number of events", "count", parts, "2021-12-31", had(3, "met"))
try("天数不重复计 / days count once", "days",
  { records = { trip("2020-03-01", "2020-03-02", 5), trip("2020-03-02", "2020-03-02", 5), trip("2020-05-01", "2020-05-01", 5) } }, "2021-12-31", had(3, "met"))
try("不同的成果 / different works", "distinct",
  { records = { talk("2020-03-01", 1, nil, "W"), talk("2020-04-01", 1, nil, "W"), talk("2020-05-01", 1, nil, "V"), talk("2020-06-01", 1) } }, "2021-12-31", had(2, "unmet"))
local spread = { records = { talk("2020-02-29", 1), talk("2020-03-01", 2), talk("2020-03-31", 4), talk("2020-12-31", 8), talk("2021-01-01", 16) } }
try("两个日期之间，含首尾 / between two days, both included", "window", spread, "2021-12-31", had(6, "unmet"))
try("周期的最后一年 / the last year of the period", "last", spread, "2021-12-31", had(16, "met"))
try("每个主题各是一项要求，没有的也是 / a need for each theme, also for the one without records", "theme",
  { records = { talk("2020-03-01", 3, "class") } }, "2021-12-31", { outcome = "unmet", had = { ["n class"] = 3, ["n care"] = 0 }, short = { ["n care"] = 3 } })
try("每年的次数 / a number of events each year", "times", spread, "2021-12-31", { outcome = "unmet", had = { ["n 2020"] = 4, ["n 2021"] = 1 } })
try("几项要求取最高 / the highest of several", "highest", spread, "2021-12-31", { needed = { n = 10 } })
try("几项要求相加 / requirements that add up", "added", spread, "2021-12-31", { needed = { n = 14 } })
try("几项要求取最低 / the lowest of several", "lowest", spread, "2021-12-31", { needed = { n = 4 } })
try("按任职时间折减 / in proportion to the time in post", "post",
  { records = {}, posts = { { organization = "S", since = "2021-01-01" } } }, "2021-12-31", { outcome = "unmet", needed = { n = "3650/731" } })
try("按请假时间折减 / in proportion to leave", "leave",
  { records = { { kind = "leave", since = "2020-01-01", till = "2020-12-31" } } }, "2021-12-31", { outcome = "unmet", needed = { n = "3650/731" } })
try("请假的起始只知到年，要求不定 / leave known to the year leaves it open", "leave",
  { records = { talk("2020-03-01", 9), { kind = "leave", since = "2020", till = "2020-12-31" } } }, "2021-12-31", { outcome = "unknown" })
try("超过两年，刚满两年不算 / more than two years", "years", { facts = { hired = "2018-01-01" } }, "2021-12-31", had(2, "unmet"))
try("没有参加工作日期则无法判定 / without the date it is unknown", "years", { records = {} }, "2021-12-31", { outcome = "unknown" })
try("参数读周期首日 / a parameter of the period's first day", "start", spread, "2021-12-31", { needed = { n = 10 } })
try("参数读周期末日 / of its last day", "ending", spread, "2021-03-31", { needed = { n = 20 } })
try("参数读判定之日 / of the day of the decision", "decided", spread, "2021-05-31", { needed = { n = 10 } })
try("参数读判定之日，次日改变 / of the day of the decision, a day later", "decided", spread, "2021-06-01", { needed = { n = 20 } })
try("认定按记录的末日读参数，三分之一不失精度 / recognition reads the record's last day, thirds stay exact", "rated",
  { records = { trip("2021-05-30", "2021-06-01", 1, "county"), trip("2021-05-01", "2021-05-31", 1, "county"), trip("2020-05-01", nil, "0.01", "school") } },
  "2021-12-31", had("701/700", "met"))
try("折算比例在当月变更，记录只知到月，无法判定 / a rate that changes within the month of the record leaves it open", "rated",
  { records = { { kind = "trip", since = "2021", amount = 2, level = "county" } } }, "2021-12-31", { outcome = "unknown" })
try("固定数量按级别选择 / a fixed amount by level", "prized",
  { records = { { kind = "prize", since = "2020-05-01", level = "city" }, { kind = "prize", since = "2020-05-02", level = "school" } } }, "2021-12-31", had(3, "met"))

local lesson = { kind = "lesson", of = "enrollment", since = "2020-05-01", amount = 6 }
local absent = { kind = "absence", of = "enrollment", since = "2020-05-02" }
local function pupil(...)
  return { code = "P", enrollments = { { kind = "trainee", programme = "C", since = "2020-04-01", till = "2020-06-01" } }, records = { ... },
    relations = { { kind = "mentor", b = { person = "M" }, since = "2020-01-01", till = "2020-12-31" } } }
end
local late = { kind = "lesson", of = "person", since = "2021-05-01", amount = 1 }
local function mentor(...) return { code = "M", records = { ... } } end
local class = { code = "C", kind = "class" }
try("一条记录计给本人 / one record credits its person", "taught", { programme = class, people = { pupil(lesson), mentor() } }, "2021-12-31", had(6, "unmet"))
try("也计给导师 / and the mentor", "taught", { programme = class, people = { pupil(lesson), mentor() } }, "2021-12-31",
  { person = "M", outcome = "unmet", had = { n = 6 } })
try("只计给导师的不计给本人 / what credits the mentor alone does not count for its person", "taught",
  { programme = class, people = { pupil(lesson, talk("2020-05-03", 9)), mentor() } }, "2021-12-31", { had = { n = 6 } })
try("导师另得九学时 / the mentor has nine more", "taught",
  { programme = class, people = { pupil(lesson, talk("2020-05-03", 9)), mentor() } }, "2021-12-31", { person = "M", outcome = "met", had = { n = 15 } })
try("缺勤使全部作废 / absence voids the whole", "taught", { programme = class, people = { pupil(lesson, absent), mentor() } }, "2021-12-31", had(0, "unmet"))
try("不属于参训的记录无从要求出勤 / a record of no placement has no attendance", "taught",
  { programme = class, people = { pupil(lesson, late), mentor() } }, "2021-12-31", had(6, "unmet"))

local crossing = { records = { trip("2020-12-27", "2021-01-05", 10) } }
try("跨期归起始一期 / belongs where it starts", "early", crossing, "2020-12-31", had(10, "met"))
try("跨期不归结束一期 / not where it ends", "early", crossing, "2021-12-31", had(0, "unmet"))
try("跨年按天分摊 / shared by its days", "shared", crossing, "2021-08-31", { outcome = "met", had = { ["n 2020"] = 5, ["n 2021"] = 5 } })
try("跨期只计本期的天数 / of what begins before the period only its days in it", "shared",
  { records = { trip("2020-08-29", "2020-09-02", 10) } }, "2021-08-31", { outcome = "unmet", had = { ["n 2020"] = 4, ["n 2021"] = 0 } })
try("周期自参加工作起 / a period that begins with a fact", "own", { facts = { hired = "2020-05-01" }, records = { talk("2020-04-30", 5), talk("2021-04-30", 10) } },
  "2021-04-30", had(10, "met"))
try("不重复的周期结束后不适用 / a period that does not repeat has ended", "own", { facts = { hired = "2020-05-01" }, records = {} }, "2021-05-01", { outcome = "not_applicable" })
try("没有起始日期则无法判定 / without its day it is unknown", "own", { records = {} }, "2021-05-01", { outcome = "unknown" })
try("免于要求 / exempt", "exempt", { records = { { kind = "prize", since = "2020-05-01", level = "city" } } }, "2021-12-31", { outcome = "not_applicable" })
try("不免于要求 / not exempt", "exempt", { records = { { kind = "prize", since = "2020-05-01", level = "county" } } }, "2021-12-31", { outcome = "unmet" })
try("日期只知到年也足以判定 / a date known to the year is enough", "applies", { facts = { hired = "2020" } }, "2021-12-31", { outcome = "not_applicable" })
try("暂停期间不适用 / suspended", "suspended", { records = {} }, "2020-07-31", { outcome = "not_applicable" })
try("暂停之后恢复 / no longer suspended", "suspended", { records = {} }, "2020-08-01", { outcome = "unmet" })
try("新文本施行之前 / before a text is in force", "replaced", { records = { talk("2020-03-01", 10) } }, "2020-12-31", { outcome = "not_applicable" })
try("新文本施行之后，恰为上限不算少于 / once in force, exactly as many are not fewer", "replaced", { records = { talk("2020-03-01", 10) } }, "2021-01-01", had(10, "unmet"))
try("除外的要求不适用 / a need that is excepted", "unless", { facts = { hired = "2020-01-01" } }, "2021-12-31", { outcome = "not_applicable" })

local years = { records = { talk("2020-05-01", 30), talk("2022-05-01", 12) } }
try("结转六学时 / six are carried over", "carried", years, "2020-12-31", { outcome = "met", had = { n = 30 }, gives = { spare = 6 } })
try("次年只有结转 / the next year has what was carried", "carried", years, "2021-12-31", { outcome = "unmet", had = { n = 6 }, gives = { spare = 0 } })
try("第三年没有可结转的 / the third year has nothing carried", "carried", years, "2022-12-31", { outcome = "met", had = { n = 12 }, gives = { spare = 2 } })
try("第四年又有结转 / the fourth has again", "carried", years, "2023-12-31", { outcome = "unmet", had = { n = 2 } })
try("首期按声明起算 / the first period begins as declared", "debt", { records = { talk("2020-05-01", 5) } }, "2020-12-31", { outcome = "met", had = { n = 4 }, gives = { owed = 0 } })
try("所欠转入下期 / what is owed goes on", "debt", { records = { talk("2020-05-01", 1), talk("2021-05-01", 6) } }, "2021-12-31", { outcome = "unmet", had = { n = 3 }, short = { n = 1 } })
