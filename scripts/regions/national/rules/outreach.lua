-- 教师厅〔2016〕1号: for each township, subject and year at least four visits of at least two days each.
return rule {
  id = "outreach", of = "organization", per = "calendar_year", title = { zh = "送教下乡", en = "outreach to townships" },
  applies = records { kind = "outreach" }:exists(),
  needs = {
    { "visits", records { kind = "outreach", days = at_least(P.outreach_days) }:each "course":count():at_least(P.outreach_visits),
      zh = "送教次数", en = "visits" },
  },
}
