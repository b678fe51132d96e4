-- 集团校报送表, sheet 成员校: a row for each member school of a cluster.
return adapter {
  id = "members",
  title = { zh = "集团化办学报送表：成员校", en = "member schools of clusters" },
  reader = "xlsx", sheet = "成员校",
  key = { column "集团编号", column "成员校" },
  introduces = { "organization" },
  relation = {
    kind = "member",
    a = { organization = { kind = "cluster", code = column "集团编号" } },
    b = { organization = { kind = "school", name = column "成员校", parent = { kind = "county_bureau", name = column "填报单位" } } },
    since = day "加入时间", attributes = { state = column "状态" },
  },
}
