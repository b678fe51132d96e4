-- 学科教师名册: every teacher of music, art and science in the district: the denominator of “全员”.
return adapter {
  id = "staff", title = { zh = "学科教师名册", en = "staff by subject" }, reader = "csv",
  key = { "person" }, covers = { "organization" }, introduces = { "person" },
  organization = { name = column "学校" },
  person = { code = column "教师编号" },
  post = { kind = "teaching", since = day "到校时间" },
  record = { kind = "subject", of = "person", since = day "到校时间", attributes = { value = column "任教学科" } },
}
