-- 跟岗人员登记: a tab-separated list that schools fill in.
return adapter {
  id = "placements",
  title = { zh = "跟岗人员登记", en = "staff placed in partner schools" },
  reader = "csv",
  key = { "person", "since" },
  introduces = { "person", "enrollment" },
  cohort = "KYQ-GG",
  organization = { name = column "派出学校" },
  person = { code = column "跟岗人员" },
  post = { kind = "teaching" },
  enrollment = { kind = "job_shadowing", host = { name = column "接收学校" }, since = day "到岗", till = day "离岗" },
  record = { kind = "placement", of = "enrollment", since = day "到岗", till = day "离岗", amount = amount("天数", "天") },
}
