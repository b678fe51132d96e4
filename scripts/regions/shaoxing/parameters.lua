return parameters {
  probation_practice = { unit = "学时", title = { zh = "试用期实践学时", en = "hours of practice in probation" }, { from = "2011-01-01", value = 90, source = "绍兴县 2011 年新教师培训规定" } },
}
