-- 行动计划人员名单: who is in which of the eight plans, a row for each membership.
return adapter {
  id = "plans", title = { zh = "行动计划人员名单", en = "members of the action plans" },
  reader = "csv",
  key = { "person", "cohort" }, covers = { "cohort" }, introduces = { "enrollment" },
  person = { code = column "教师编号" },
  cohort = { name = column "行动计划" },
  enrollment = { kind = "plan_member", since = day "纳入时间" },
}
