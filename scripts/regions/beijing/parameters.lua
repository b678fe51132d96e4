local measures = "北京市“十三五”中小学教师培训学分管理办法"
return parameters {
  common = { unit = "学分", title = { zh = "公共必修学分", en = "compulsory credits, common" }, { from = "2016-01-01", value = 6, source = measures } },
  professional = { unit = "学分", title = { zh = "专业必修学分", en = "compulsory credits, professional" }, { from = "2016-01-01", value = 10, source = measures } },
  elective = { unit = "学分", title = { zh = "选修学分", en = "elective credits" }, { from = "2016-01-01", value = 10, source = measures } },
  school_based = { unit = "学分", title = { zh = "校本研修学分", en = "school-based credits" }, { from = "2016-01-01", value = 10, source = measures } },
  total = { unit = "学分", title = { zh = "总学分", en = "credits in all" }, { from = "2016-01-01", value = 36, source = measures } },
  credit_per_hour = { unit = "学分/学时", by = "mode", title = { zh = "每学时学分", en = "credits per hour" },
    { from = "2016-01-01", source = measures, value = { lecture = "1/10", practice = "1/20", research = "1/20",
      seminar = "1/20", observation = "1/20", online = "1/20", school_based = "1/20" } } },
  induction = { unit = "学时", title = { zh = "新任教师培训学时", en = "hours of induction" }, { from = "2016-01-01", value = 120, source = measures } },
  induction_from = { title = { zh = "新任教师起算日", en = "from which day on one is a new teacher" }, { from = "2016-01-01", value = "2016-01-01", source = measures } },
}
