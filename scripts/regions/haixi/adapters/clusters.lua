-- 集团校报送表, sheet 集团: a row for each cluster with its lead school; a planned one (拟成立) begins on a day to come.
local county = { kind = "county_bureau", name = column "填报单位" }

return adapter {
  id = "clusters",
  title = { zh = "集团化办学报送表：集团", en = "clusters and their lead schools" },
  reader = "xlsx", sheet = "集团",
  key = { column "集团编号" },
  introduces = { "organization" },
  organization = county,
  relation = {
    kind = "lead",
    a = { organization = { kind = "cluster", code = column "集团编号", name = column "集团名称", parent = county } },
    b = { organization = { kind = "school", name = column "牵头校", parent = county } },
    since = day "成立时间", attributes = { state = column "状态" },
  },
  record = { kind = "cluster_return", of = "organization", on = day "填报日期" },
}
