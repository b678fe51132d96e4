local measures = "北京市“十三五”中小学教师培训学分管理办法"
return parameters {
  common = { unit = "学分", { from = "2016-01-01", value = 6, source = measures } },
  professional = { unit = "学分", { from = "2016-01-01", value = 10, source = measures } },
  elective = { unit = "学分", { from = "2016-01-01", value = 10, source = measures } },
  school_based = { unit = "学分", { from = "2016-01-01", value = 10, source = measures } },
  total = { unit = "学分", { from = "2016-01-01", value = 36, source = measures } },
  credit_per_hour = { unit = "学分/学时", by = "mode",
    { from = "2016-01-01", source = measures, value = { lecture = "1/10", practice = "1/20", research = "1/20",
      seminar = "1/20", observation = "1/20", online = "1/20", school_based = "1/20" } } },
  induction = { unit = "学时", { from = "2016-01-01", value = 120, source = measures } },
  induction_from = { { from = "2016-01-01", value = "2016-01-01", source = measures } },
}
