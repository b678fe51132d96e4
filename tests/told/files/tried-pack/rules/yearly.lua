local all = hours "outside" + hours "school":cap(P.most_school, "year")
return {
  period { id = "cycle", title = { zh = "年度", en = "year" }, starts = "2020-01-01", lasts = { years = 1 } },
  rule { id = "yearly", of = "person", per = "cycle", title = { zh = "年度学时", en = "hours of the year" },
    exempt = fact "hired":after(P.novice_after),
    needs = {
      { "hours", all:at_least(P.needed), zh = "学时", en = "hours" },
      { "outside", hours "outside":count():at_least(1), zh = "校外培训", en = "training outside the school" },
    } },
}
