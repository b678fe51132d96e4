-- 研修成果登记表, sheet 分享视频: one sharing video each, which is also a course of the summer training of all staff.
return adapter {
  id = "videos",
  title = { zh = "分享视频", en = "sharing videos" },
  reader = "xlsx", sheet = "分享视频",
  key = { "activity" },
  introduces = { "activity" },
  cohort = "HZZG-2",
  activity = { code = column "视频编号", name = column "题目", kind = "shared_video", since = day "上线日期" },
  person = { code = column "编号" },
  record = {
    kind = "video", of = "enrollment",
    on = day "上线日期",
    amount = amount("时长", "分钟"),
  },
}
