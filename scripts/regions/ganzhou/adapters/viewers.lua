-- 暑期全员培训学习记录: who watched which sharing video. Viewers are known by their code on the learning platform.
return adapter {
  id = "viewers",
  title = { zh = "分享视频学习记录", en = "viewers of the sharing videos" },
  reader = "csv",
  key = { "person", "activity" },
  introduces = { "person" },
  cohort = "HZZG-2",
  activity = { code = column "视频编号" },
  person = { code = column "学员编号" },
  record = {
    kind = "viewing", of = "person",
    on = day "完成日期",
    amount = amount("学习时长", "分钟"),
  },
}
