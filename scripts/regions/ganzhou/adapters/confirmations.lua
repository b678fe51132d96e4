-- 跟岗鉴定表: what host schools confirm. Where the host is not named nobody gave the number of days: the cell is empty, and
-- stays unknown.
return adapter {
  id = "confirmations",
  title = { zh = "跟岗鉴定表", en = "confirmations of host schools" },
  reader = "xlsx",
  key = { "person" },
  cohort = "HZZG-2",
  person = { code = column "编号" },
  record = {
    kind = "placement", of = "enrollment",
    since = day "报到日期", till = day "离校日期",
    amount = amount "跟岗天数",
    status = column "鉴定意见",
  },
}
