local function course(day, hours, status, topic)
  return { kind = "course", since = day, amount = hours, status = status, attributes = topic and { topic = topic } }
end
local function try(title, rule, records, expect, on)
  expect.rule = rule
  case(title) { given = { records = records }, on = on or "2021-12-31", expect = expect }
end
local folio = { kind = "portfolio", since = "2020-05-01" }

try("师德20、数字化只计一半50 / ethics 20, of digital only half", "shares",
  { course("2020-05-01", 20, "passed", "ethics"), course("2020-06-01", 90, "passed", "digital") },
  { outcome = "unmet", had = { ethics = 20, total = 70 }, needed = { ethics = 20, total = 100 }, left = { total = 40 } })
try("师德50、数字化50，恰好 / exactly enough", "shares",
  { course("2020-05-01", 50, "passed", "ethics"), course("2020-06-01", 50, "passed", "digital") }, { outcome = "met", had = { total = 100 } })
try("师德恰为五分之一 / ethics exactly a fifth of what is required", "shares",
  { course("2020-05-01", 20, "passed", "ethics"), course("2020-06-01", 50, "passed", "digital"), course("2020-07-01", 30, "passed") },
  { outcome = "met", had = { ethics = 20, total = 100 } })
try("一个专题6学时起计 / a topic counts from 6 hours on", "shares", { course("2020-05-01", 6, "passed", "ethics"), course("2020-05-01", 5, "passed", "digital") },
  { outcome = "unmet", had = { ethics = 6, total = 6 } })
try("有档案者取较高的120 / the higher applies", "highest", { course("2020-05-01", 100, "passed"), folio }, { outcome = "unmet", needed = { total = 120 }, short = { total = 20 } })
try("没有档案者100 / the lower applies", "highest", { course("2020-05-01", 100, "passed") }, { outcome = "met", needed = { total = 100 } })
try("100加20 / 100 and 20", "added", { course("2020-05-01", 120, "passed") }, { outcome = "met", needed = { total = 120 } })
try("不合格计一半 / a failed course gives half", "added", { course("2020-05-01", 30, "failed") }, { outcome = "unmet", had = { total = 15 } })
try("没有考核结果，待复核 / without an assessment it is to be reviewed", "added", { course("2020-05-01", 30) }, { outcome = "unmet", had = { total = 0 }, review = 1 })
try("人工调整有理由和经手人才算 / an adjustment counts with its reason and author", "added",
  { { kind = "adjustment", since = "2020-05-01", amount = 5, attributes = { reason = "系统漏登", author = "A-7" } },
    { kind = "adjustment", since = "2020-05-02", amount = 9, attributes = { reason = "补登" } },
    { kind = "adjustment", since = "2020-05-03", amount = 8, attributes = { author = "A-7" } } }, { outcome = "unmet", had = { total = 5 }, review = 2 })
try("有档案 / there is a portfolio", "portfolio", { folio }, { outcome = "met" })
try("没有档案 / there is none", "portfolio", {}, { outcome = "unmet" })
try("退休者免 / exempt by status", "portfolio", { { kind = "retired", since = "2020-05-01" } }, { outcome = "not_applicable" })
try("同样的课程，人社按四分之三 / the same course at three quarters", "personnel", { course("2020-05-01", 100, "passed"), course("2020-06-01", 9, "failed") },
  { outcome = "unmet", had = { total = 75 } })
try("人社达到 / enough for personnel", "personnel", { course("2020-05-01", 200, "passed") }, { outcome = "met", had = { total = 150 } })
case "恰好达到人社要求 / exactly what personnel asks for" { on = "2021-12-31",
  given = { parameters = { total = 75 }, records = { course("2020-05-01", 100, "passed") } }, expect = { rule = "personnel", outcome = "met", had = { total = 75 } } }
try("周期首日 / the first day", "added", { course("2020-01-01", 5, "passed") }, { outcome = "unmet", had = { total = 5 } })
try("周期首日判定，上年的不计 / not what lies before", "added", { course("2019-12-31", 5, "passed") }, { outcome = "unmet", had = { total = 0 } }, "2020-01-01")
try("下一周期 / the next cycle", "added", { course("2021-12-31", 5, "passed") }, { outcome = "unmet", had = { total = 0 } }, "2022-01-01")
try("比例自首日起有值 / shares have a value from the first day on", "added", { course("2020-01-01", 10, "failed") }, { outcome = "unmet", had = { total = 5 } })
try("人社比例也是 / and so has personnel's", "personnel", { course("2020-01-01", 100, "passed") }, { outcome = "unmet", had = { total = 75 } })
