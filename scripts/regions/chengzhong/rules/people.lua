-- 近五年入职: the induction is for those hired in the last five years; others in its lists are named.
return rule {
  id = "recent", of = "person", title = { zh = "近五年入职的新教师", en = "hired in the last five years" },
  applies = records { kind = "induction_attendance" }:exists(),
  needs = {
    { "hired", fact "hired":not_before(P.hired_from), zh = "入职时间", en = "hired" },
  },
}
