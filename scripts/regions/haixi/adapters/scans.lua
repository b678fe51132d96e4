-- 扫码签到: the export of the sign-in system, with the time of each scan; comma or tab separated, as the system was asked.
return adapter {
  id = "scans",
  title = { zh = "扫码签到记录", en = "sign-in by code" },
  reader = "csv",
  key = { "person", "activity" },
  introduces = { "activity" },
  cohort = "HXGP-2025",
  person = { code = column "学员" },
  activity = { code = column "活动", name = column "主题", kind = "session", mode = "offline", since = day "日期" },
  record = {
    kind = "sign_in", of = "enrollment",
    on = day "日期", amount = amount("计学时", "学时"),
    attributes = { phase = column "培训阶段" },
  },
}
