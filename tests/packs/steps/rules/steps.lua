local training = records { kind = "training" }
return {
  rule { id = "caps", of = "person", per = "cycle", needs = {
    { "total", (credits "face":cap(9, "year") + credits "online":cap(P.many * 2, "cycle") + credits "theme":cap(4, "item")
        + credits "award":first(P.many, "year") + credits "video"):at_least(20) },
    { "year", credits:each "year":at_least(3), unless = fact "hired":after(P.turn) },
    { "over", credits:over(12, "year", { mode = "online" }):at_most(4) },
    { "greatest", credits:where(any_of { { theme = "a" }, { level = "city", points = at_least(5) } }):greatest():more_than(2) },
  } },
  rule { id = "steps", of = "person", per = "cycle", needs = {
    { "once", credits:once { by = "work", keep = highest "level" }:at_least(5) },
    { "blocks", hours:blocks { gap_days = 30 }:greatest():at_least(20) },
    { "round", credits:round("half", "1/2", "item"):at_least(5) },
    { "round_year", credits:round("down", 1, "year"):at_least(5) },
    { "minimum", hours:from_minimum(10, "theme"):at_least(30) },
    { "day", hours:cap(8, "day"):at_least(20) },
    { "session", hours:first(1, "session"):at_least(20) },
    { "last", hours:during(last(5, "month")):at_least(9) },
    { "between", hours:during(between("2021-01-01", P.turn)):at_least(9) },
    { "days", hours:days():at_least(20) },
    { "distinct", hours:distinct "theme":at_least(3) },
    { "theme", training:each "theme":at_least(15) },
    { "number", training:each "level":count():at_least(2) },
    { "own", hours:cap(30, "own"):at_least(12) },
    { "ever", hours:during("ever"):cap(20, "year"):at_least(60) },
    { "within", hours:during("own"):at_least(6) },
  } },
  rule { id = "numbers", of = "person", per = "cycle", applies = training:exists(),
    gives = { rest = hours:over(P.least), count = hours:count() }, needs = {
    { "share", hours:at_least(choose {
        { when = fact "hired":not_before("2021-01-01"), take = P.least * portion "post" },
        { when = { ["fact.title.value"] = "senior" }, take = highest_of { P.least, 30 } },
        otherwise = lowest_of { P.least:on "decision", 35 } }) },
    { "half", credits "online":at_most(credits * "1/2") },
    { "sum", sum_of { hours, P.least, 3 }:at_least(60) },
    { "quotient", (hours / training:count()):at_least(4), when = training:count():at_least(1) },
    { "some", any_of { records { kind = "award" }:exists(), all_of { fact "leave":exists(), none_of { { ["school.name"] = "A" } } } } },
  } },
  rule { id = "open", of = "person", needs = {
    { "sum", training:at_least(P.least) },
    { "capped", hours:cap(10, "year"):at_least(30) },
    { "slides", training:during(last(1, "year")):at_least(9) },
    { "years", years_since(fact "hired"):at_least(P.years) },
    { "points", records { kind = "training", points = between(2, 6), good = true, ended = at_least "2021-01-01" }:count():at_least(2) },
  } },
  rule { id = "own", of = "person", per = "own", needs = {
    { "sum", hours:cap(20, "year"):at_least(30) }, { "year", hours:each "year":at_least(8) },
  } },
  rule { id = "split", of = "person", per = "split", needs = { { "sum", hours:at_least(8) } } },
  rule { id = "carries", of = "person", per = "cycle", needs = { { "sum", (previous "rest" + hours):at_least(30) } },
    gives = { rest = hours:over(P.least) }, first = { rest = 0 } },
  rule { id = "stands", of = "person", suspended = { from = "2023-02-03", till = "2023-04-05", source = "s" }, exempt = outcome "own", needs = {
    { "a", training:at_least(3), suspended = { from = "2023-06-01", till = "2023-06-20", source = "s" } },
    { "b", training:at_least(5), in_force = { from = "2022-08-08", by = "decision" } },
    { "c", outcome "caps", when = { ["school.name"] = any } },
  } },
  rule { id = "placed", of = "enrollment", needs = {
    { "days", records { kind = "visit" }:at_least(9) }, { "hours", training:at_least(20) },
    { "years", years_since(fact "hired"):at_least(P.years) }, { "host", known "host" }, { "both", outcome "own" },
  } },
  rule { id = "sent", of = "person", needs = {
    { "out", enrollments { kind = "trainee" }:count():at_least(1) }, { "outcomes", outcomes("placed", "met"):at_least(1) },
  } },
}
