-- 腾讯会议 member export, one workbook a meeting: facts of the meeting on top, the header in row 9. A nickname reads
-- registered(shown), two people may share one, and whoever came back stands in several rows.
return adapter {
  id = "meetings",
  title = { zh = "线上教研参会记录", en = "attendance of online research sessions" },
  reader = "xlsx", header = 9,
  key = { "activity", "person", column "首次入会时间" },
  only = { ["身份"] = "成员" },
  introduces = { "activity" },
  cohort = "HZZG-2",
  activity = { code = above "会议号", name = above "会议主题", kind = "seminar", mode = "online", since = day(above "会议开始时间") },
  person = { code = column "用户昵称(入会昵称)":split { "&", "＆" }:before "(" },
  record = {
    kind = "research_session", of = "enrollment", mode = "online",
    on = day "首次入会时间",
    amount = duration "累计参会时长",
  },
}
