-- 走出去 has three classes whose members are listed and the induction of new teachers; 引进来 are classes held at home; two series of talks.
return programmes {
  { code = "CZ-GO", name = "走出去", kind = "training_programme", level = "county", organization = "CZ-JYJ", cohorts = {
    { code = "CZ-GO-FD", name = "复旦大学校长高级研修班", kind = "class", organization = "CZ-JYJ", since = "2018-04-09" },
    { code = "CZ-GO-YZ", name = "扬州教学管理研修班", kind = "class", organization = "CZ-JYJ", since = "2018-05-14" },
    { code = "CZ-GO-CJ", name = "中层干部沉浸式研修班", kind = "class", organization = "CZ-JYJ", since = "2018-09-10" },
    { code = "CZ-GO-XR", name = "五年内新教师培训", kind = "class", organization = "CZ-JYJ", since = "2018-07-16" } } },
  { code = "CZ-IN", name = "引进来", kind = "training_programme", level = "county", organization = "CZ-JYJ", cohorts = {
    { code = "CZ-IN-18", name = "音乐美术科学培训（2018年）", kind = "class", organization = "CZ-JYJ", since = "2018-03-01" } } },
  { code = "CZ-YY", name = "有约", kind = "talks", level = "county", organization = "CZ-JYJ", cohorts = {
    { code = "CZ-YY-XZ", name = "校长有约", kind = "series_of_talks", organization = "CZ-JYJ", since = "2018-03-05" },
    { code = "CZ-YY-ZR", name = "主任有约", kind = "series_of_talks", organization = "CZ-JYJ", since = "2018-03-05" } } },
  { code = "CZ-GP", name = "国培计划", kind = "training_programme", level = "national", organization = "CZ-JYJ", cohorts = {
    { code = "CZ-GP-18", name = "国培计划（2018年）", kind = "class", organization = "CZ-JYJ", since = "2018-03-01" } } },
}
