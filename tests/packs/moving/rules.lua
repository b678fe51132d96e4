local all = hours "outside" + hours "school":cap(10, "year")
local function title(id) return { zh = id, en = id } end
return {
  rule { id = "hours", of = "person", per = "cycle", title = title "hours", needs = {
    { "total", all:at_least(P.needed), zh = "合计", en = "total" },
    { "year", all:each "year":at_least(P.yearly), zh = "每年", en = "each year", unless = fact "hired":after "2021-06-30" } } },
  rule { id = "own", of = "person", per = "own", title = title "own", needs = {
    { "recent", records { kind = "training" }:during(last(1, "year")):at_least(8), zh = "近一年", en = "in a year" } } },
  -- what those whom one mentors teach counts too
  rule { id = "taught", of = "person", title = title "taught", needs = {
    { "lessons", taught:at_least(P.lessons), zh = "课时", en = "lessons" } } },
  rule { id = "placed", of = "enrollment", title = title "placed", applies = known "host", needs = {
    { "present", records { kind = "absence" }:count():at_most(1), zh = "缺勤", en = "absences" },
    { "hours", records { kind = "training" }:at_least(P.yearly), zh = "学时", en = "hours" } } },
  rule { id = "both", of = "person", title = title "both", needs = {
    { "hours", outcome "hours", zh = "学时", en = "hours" },
    { "placed", outcome "placed", zh = "跟岗", en = "placement" } } },
  rule { id = "planned", of = "organization", title = title "planned", applies = { kind = "school" }, needs = {
    { "plans", records { kind = "plan" }:count():at_least(1), zh = "方案", en = "plans" } } },
  rule { id = "class", of = "cohort", title = title "class", needs = {
    { "plans", records { kind = "plan" }:count():at_least(1), zh = "方案", en = "plans" } } },
  -- read from above: the school's outcome, the county the school lies in
  rule { id = "school", of = "person", title = title "school", applies = { ["school.kind"] = "school" }, needs = {
    { "planned", outcome "planned", zh = "学校有方案", en = "the school has a plan" },
    { "north", { ["school.within.county.code"] = "N" }, zh = "北县", en = "in the north" } } },
}
