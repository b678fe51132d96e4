local talks, trips = records { kind = "talk" }, records { kind = "trip" }
-- A rule with one need is enough to see what an expression gives.
local function see(id, per, need, more)
  local declared = { id = id, of = "person", per = per, title = { zh = id, en = id }, needs = { need } }
  for key, value in pairs(more or {}) do declared[key] = value end
  return rule(declared)
end
return {
  see("session", "cycle", { "n", talks:cap(P.four, "session"):at_least(P.ten) }),
  see("item", "cycle", { "n", talks:cap(P.four, "item"):at_least(P.ten) }),
  see("day", "cycle", { "n", talks:cap(P.four, "day"):at_least(P.ten) }),
  see("order", "cycle", { "n", talks:cap(P.six, "item"):cap(P.ten, "year"):cap(15, "cycle"):at_least(P.ten) }),
  see("above", "cycle", { "n", talks:over(P.four, "year", { theme = "class" }):at_least(P.ten) }),
  see("both", "cycle", { "n", (talks:cap(P.four, "year", { theme = "class" }) + talks:over(P.four, "year", { theme = "class" })):at_least(P.ten) }),
  see("once", "cycle", { "n", talks:once { by = "work" }:at_least(P.ten) }),
  see("minimum", "cycle", { "n", talks:from_minimum(P.six, "theme"):at_least(P.ten) }),
  see("down", "cycle", { "n", talks:round("down", 1, "item"):at_least(P.ten) }),
  see("up", "cycle", { "n", talks:round("up", 1, "year"):at_least(P.ten) }),
  see("half", "cycle", { "n", talks:round("half", "0.5", "cycle"):at_least(P.ten) }),
  see("count", "cycle", { "n", talks:count():at_least(3) }),
  see("days", "cycle", { "n", trips:days():at_least(3) }),
  see("distinct", "cycle", { "n", talks:distinct "work":at_least(3) }),
  see("window", "cycle", { "n", talks:during(between("2020-03-01", "2020-03-31")):at_least(P.ten) }),
  see("last", "cycle", { "n", talks:during(last(1, "year")):at_least(P.ten) }),
  see("theme", "cycle", { "n", talks:each "theme":at_least(P.least) }),
  see("times", "cycle", { "n", talks:each "year":count():at_least(2) }),
  see("highest", "cycle", { "n", talks:at_least(highest_of { P.four, P.ten, P.six }) }),
  see("added", "cycle", { "n", talks:at_least(sum_of { P.four, P.ten }) }),
  see("lowest", "cycle", { "n", talks:at_least(lowest_of { P.four, P.ten }) }),
  see("post", "cycle", { "n", talks:at_least(P.ten * portion "post") }),
  see("leave", "cycle", { "n", talks:at_least(P.ten * (1 - portion "leave")) }),
  see("years", "cycle", { "n", years_since(fact "hired", "period_start"):more_than(2) }),
  see("start", "cycle", { "n", talks:at_least(P.rising) }),
  see("ending", "cycle", { "n", talks:at_least(P.rising:on "period_end") }),
  see("decided", "cycle", { "n", talks:at_least(P.rising:on "decision") }),
  see("rated", "cycle", { "n", credits "trip":at_least(P.one) }),
  see("prized", "cycle", { "n", credits "prize":at_least(P.one) }),
  see("taught", "cycle", { "n", taught:at_least(P.ten) }),
  see("early", "early", { "n", trips:at_least(P.ten) }),
  see("shared", "shared", { "n", trips:each "year":at_least(P.least) }),
  see("own", "own", { "n", talks:at_least(P.ten) }),
  see("exempt", "cycle", { "n", talks:at_least(P.ten) }, { exempt = records { kind = "prize", level = "city" }:exists() }),
  see("applies", "cycle", { "n", talks:at_least(P.ten) }, { applies = fact "hired":before "2020-01-01" }),
  see("suspended", "cycle", { "n", talks:at_least(P.ten) }, { suspended = { from = "2020-02-01", till = "2020-07-31", source = "停课通知" } }),
  see("replaced", "cycle", { "n", talks:less_than(P.ten), in_force = { from = "2021-01-01", by = "decision" } }),
  see("unless", "cycle", { "n", talks:at_least(P.ten), unless = fact "hired":not_before "2020-01-01" }),
  see("carried", "early", { "n", (previous "spare" + talks):at_least(P.ten) },
    { gives = { spare = (previous "spare" + talks):over(P.ten):cap(P.six) }, first = { spare = 0 } }),
  see("debt", "early", { "n", (talks - previous "owed"):at_least(P.four) },
    { gives = { owed = highest_of { 0, P.four - talks } }, first = { owed = 1 } }),
  rule { id = "present", of = "enrollment", title = { zh = "出勤", en = "attendance" }, needs = {
    { "absence", records { kind = "absence" }:count():at_most(0), zh = "缺勤", en = "absence" } } },
}
