local a = { zh = "测试用", en = "for tests" }
return {
  kinds { session = { of = { "person" }, title = { zh = "研修", en = "session" } } },
  parameters {
    in_all = { unit = "学分", { from = "2000-01-01", assumed = a, value = 30 } },
    each_year = { unit = "学分", { from = "2000-01-01", assumed = a, value = 5 } },
    most = { unit = "学分", { from = "2000-01-01", assumed = a, value = 60 } },
  },
  period { id = "cycle", starts = "2019-01-01", lasts = { years = 10 }, year_starts = "09-01" },
  rule { id = "all", of = "person", per = "cycle", title = { zh = "总学分", en = "credits in all" }, needs = {
    { "credits", credits "session":at_least(P.in_all), zh = "总学分", en = "credits in all" },
    { "most", credits "session":at_most(P.most), zh = "至多", en = "at most" },
  } },
  rule { id = "each", of = "person", per = "cycle", title = { zh = "每年学分", en = "credits in each year" },
    needs = { { "credits", credits "session":each "year":at_least(P.each_year), zh = "每年学分", en = "credits in each year" } } },
}
