-- 编程教育培训班学员名册.
return adapter {
  id = "programming", title = { zh = "编程教育培训班名册", en = "roster of the class in programming" },
  reader = "xlsx", sheet = "学员名册",
  key = { "person" }, covers = { "cohort" }, introduces = { "enrollment" },
  cohort = "TN-BC-2306",
  person = { code = column "学员编号" },
  enrollment = { kind = "trainee", since = day "报到日期" },
}
