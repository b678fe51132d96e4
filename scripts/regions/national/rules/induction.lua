-- 教育部令第7号: at least 120 hours in probation. Induction is kept as a kind of its own: other training does not replace it.
return rule {
  id = "induction", of = "person",
  title = { zh = "新任教师培训", en = "induction of new teachers" },
  applies = all_of { P.hours_are_kept:at_least(1), years_since(fact "hired"):at_most(P.probation_years) },
  needs = {
    { "hours", records { kind = "induction" }:at_least(P.induction_hours), zh = "试用期培训学时", en = "training hours in probation" },
  },
}
