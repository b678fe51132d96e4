-- 新任教师培训签到: GB18030, one row a person and session; hired as people write a month.
return adapter {
  id = "induction", title = { zh = "新任教师培训签到", en = "attendance of the induction" }, reader = "csv",
  key = { "person", "activity" }, introduces = { "person", "activity" },
  cohort = "CZ-GO-XR",
  activity = { code = column "场次", name = column "内容", kind = "session", since = day "签到日期" },
  person = { code = column "教师编号" },
  post = { kind = "teaching", organization = { name = column "学校" } },
  records = {
    { kind = "hired", of = "person", since = day "入职年月" },
    { kind = "induction_attendance", of = "person", on = day "签到日期" },
  },
}
