-- 结业: every phase signed in, days and hours; of one day at most 8 hours count, of the class at most 64.
local signed = records { kind = "sign_in" }
local hours = signed:cap(P.day_hours, "day"):cap(P.class_hours_most, "ever")

return rule {
  id = "completion", of = "enrollment",
  title = { zh = "结业", en = "completion of the class" },
  needs = {
    { "phases", signed:distinct "phase":at_least(P.class_phases), zh = "签到的阶段", en = "phases signed in" },
    { "days", signed:days():at_least(P.class_days), zh = "到班天数", en = "days attended" },
    { "hours", hours:at_least(P.class_hours), zh = "计入学时", en = "hours that count" },
  },
  gives = { hours = hours:sum() },
}
