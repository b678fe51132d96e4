-- What exceeds the total in the last two years is carried over, up to a ceiling; carried records keep their days and come first.
local earned = previous "carry" + hours
return rule { id = "cycle", of = "person", per = "cycle", title = { zh = "五年180小时", en = "180 hours in five years" },
  needs = {
    { "total", earned:at_least(P.total), zh = "总小时数", en = "total" },
  },
  gives = { carry = earned:over(P.total):during(last(2, "year")):cap(P.carry_most) },
  first = { carry = 0 },
}
