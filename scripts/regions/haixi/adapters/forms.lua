-- 签到表: what the class keeps on paper and types in, one workbook a day: facts on top, the header in row 6, √ for who came.
return adapter {
  id = "forms",
  title = { zh = "签到表（纸质汇总）", en = "attendance sheets" },
  reader = "xlsx", header = 6,
  key = { "person", "activity" },
  ends = { "班主任" },
  only = { ["签到"] = "√" },
  introduces = { "activity" },
  cohort = "HXGP-2025",
  person = { code = column "学员编号" },
  activity = { code = column "场次编号", name = column "内容", kind = "session", mode = "offline", since = day(above "签到日期") },
  record = {
    kind = "sign_in", of = "enrollment",
    on = day(above "签到日期"), amount = amount("学时", "学时"),
    attributes = { phase = above "阶段" },
  },
}
