-- 结对学校一览表: title rows, the header in row 3, a totals row. A pair without an end holds on.
return adapter {
  id = "pairs",
  title = { zh = "结对学校一览表", en = "schools in pairs" },
  reader = "xlsx", header = 3,
  key = { column "受援学校", column "支援学校" },
  introduces = { "organization" },
  relation = {
    kind = "pair",
    a = { organization = { kind = "receiving_school", name = column "受援学校" } },
    b = { organization = { kind = "partner_school", name = column "支援学校", parent = { kind = "bureau", name = "海淀区教委" } } },
    since = day "结对日期", till = day "终止日期",
  },
}
