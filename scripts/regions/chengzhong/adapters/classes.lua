-- 引进来培训签到: UTF-8 with a mark, one row a teacher and class run.
return adapter {
  id = "classes", title = { zh = "引进来培训签到", en = "attendance of the classes held at home" }, reader = "csv",
  key = { "person", "activity" }, introduces = { "person", "activity" },
  cohort = "CZ-IN-18",
  activity = { code = column "班次编号", name = column "班次", kind = "session", since = day "开班日期" },
  person = { code = column "教师编号" },
  post = { kind = "teaching", organization = { name = column "学校" } },
  record = { kind = "course_attendance", of = "person", on = day "开班日期", attributes = { discipline = column "学科" } },
}
