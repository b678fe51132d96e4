-- 送研送教行程: who did what on which day of the mission, a workbook with the days as they were typed.
return adapter {
  id = "mission",
  title = { zh = "送研送教行程", en = "the mission day by day" },
  reader = "xlsx", sheet = "行程", header = 4,
  key = { "person", "since", "activity_form" },
  ends = { "注" },
  introduces = { "person", "enrollment" },
  cohort = "KYQ-SY",
  organization = { name = column "单位" },
  person = { code = column "教研员编号" },
  post = { kind = "teaching" },
  enrollment = { kind = "mission_member" },
  record = { kind = "mission_activity", of = "enrollment", on = day "日期", attributes = { activity_form = column "活动形式" } },
}
