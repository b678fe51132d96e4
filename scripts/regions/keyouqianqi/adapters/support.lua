-- 帮扶事项台账: what was done since the agreement, of which kind, for whom.
return adapter {
  id = "support",
  title = { zh = "帮扶事项台账", en = "what was done since the agreement" },
  reader = "csv",
  key = { "since", column "事项" },
  organization = { name = column "受援单位" },
  record = { kind = "support", of = "organization", on = day "时间", attributes = { form = column "支持方式", work = column "事项" } },
}
