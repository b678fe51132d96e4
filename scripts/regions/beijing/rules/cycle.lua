-- Professional surplus offsets elective, never the other way.
local pro = credits "professional"
local kept, spare = pro:cap(P.professional), pro:over(P.professional)
local elective = credits "elective" + spare
local total = credits "common" + kept + elective + credits "school_based"
return {
  rule { id = "cycle", of = "person", per = "cycle", title = { zh = "“十三五”学分", en = "credits 2016 to 2020" }, needs = {
    { "common",       credits "common":at_least(P.common),             zh = "公共必修", en = "compulsory, common" },
    { "professional", kept:at_least(P.professional),                   zh = "专业必修", en = "compulsory, professional" },
    { "elective",     elective:at_least(P.elective),                   zh = "选修", en = "elective" },
    { "school_based", credits "school_based":at_least(P.school_based), zh = "校本研修", en = "school-based" },
    { "total",        total:at_least(P.total),                         zh = "总学分", en = "total", implied = true },
  } },
  rule { id = "induction", of = "person", per = "cycle", title = { zh = "新任教师培训", en = "induction of new teachers" },
    applies = fact "hired":not_before(P.induction_from), needs = {
      { "induction", hours "induction":at_least(P.induction), zh = "新任教师培训", en = "induction" },
    } },
}
