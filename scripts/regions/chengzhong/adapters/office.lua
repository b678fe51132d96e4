-- 教育局工作台账: what the bureau itself writes down, a sheet each.
local function sheet(id, name, title, record)
  return adapter { id = id, title = title, reader = "xlsx", sheet = name, key = { column "序号" }, organization = "CZ-JYJ", record = record }
end
local function talks(id, name, title)
  return adapter { id = id, title = title, reader = "xlsx", sheet = name, key = { column "序号" }, cohort = { name = column "系列" },
    record = { kind = "talk", of = "cohort", on = day "日期", attributes = { topic = column "主题" } } }
end
return {
  adapter {
    id = "talents", title = { zh = "引进高端人才", en = "talents brought in" }, reader = "xlsx", sheet = "高端人才",
    key = { "person" }, introduces = { "person" }, organization = "CZ-JYJ",
    person = { code = column "人才编号" },
    post = { kind = "teaching" },
    record = { kind = "talent", of = "person", on = day "引进日期", attributes = { field = column "领域" } },
  },
  talks("talks", "有约活动", { zh = "校长有约、主任有约", en = "talks of principals and directors" }),
  sheet("resources", "资源库", { zh = "专家库、讲座库", en = "banks of experts and lectures" },
    { kind = "resource", of = "organization", on = day "入库日期", attributes = { bank = column "库", field = column "方向" } }),
}
