-- 荣誉与成果登记: people, the institute and schools under one header; each row says what it is.
local person = { code = column "教师编号" }
return {
  adapter { id = "honours", title = { zh = "荣誉称号名单", en = "honours" }, reader = "xlsx", sheet = "荣誉称号", key = { "person", "value" },
    person = person, record = { kind = "honour", of = "person", on = day "授予时间", level = column "级别", attributes = { value = column "称号" } } },
  adapter { id = "achievements", title = { zh = "教学成果奖", en = "teaching achievements" }, reader = "xlsx", sheet = "教学成果", key = { column "成果编号" },
    organization = { name = column "单位" },
    record = { kind = "achievement", of = "organization", on = day "获奖时间", level = column "级别", attributes = { prize = column "等次" } } },
  adapter { id = "smart_campus", title = { zh = "智慧校园建设示范学校", en = "smart-campus schools" }, reader = "xlsx", sheet = "示范学校", key = { "organization" },
    organization = { name = column "学校" },
    record = { kind = "smart_campus", of = "organization", on = day "认定时间", attributes = { named = column "是否公布校名" } } },
}
