-- School-based cases: five steps, three actors, only forward. And who has sent the yearly return.
return {
  sequence {
    id = "cases", of = "organization", title = { zh = "校本案例流程", en = "course of school-based cases" },
    where = { kind = "case_step" }, by = "case_no", step = "step", actor = "actor",
    steps = {
      { "raised", zh = "教师提出问题", en = "raised by a teacher", actor = "teacher" },
      { "looked_at", zh = "备课组预诊", en = "looked at by the lesson group", actor = "lesson_group" },
      { "diagnosed", zh = "区级研训组会诊", en = "diagnosed by the district group", actor = "district_group" },
      { "planned", zh = "指导备课组形成方案", en = "a plan is made under guidance", actor = "district_group" },
      { "formed", zh = "教师实践并形成案例", en = "tried and written up as a case", actor = "teacher" },
    },
  },
  coverage {
    id = "sent", of = "organization", title = { zh = "年度报送", en = "yearly return sent" },
    where = { kind = "school" }, by = { kind = "school_report" },
  },
}
