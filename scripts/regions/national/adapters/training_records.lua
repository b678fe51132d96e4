-- The national teacher system's form for training inside the country (国内培训). People are found by ID number.
return adapter {
  id = "training_records",
  title = { zh = "国内培训登记表", en = "training records of the national system" },
  reader = { "xlsx", "csv" },
  key = { "person", "project", "since" },
  introduces = { "person" },
  person = { id = column "身份证号", name = column "姓名" },
  record = {
    kind = "training", of = "person",
    since = day "培训开始日期", till = day "培训结束日期",
    amount = amount "培训获得学时",
    level = column "培训类别",
    mode = column "培训方式",
    attributes = {
      project = column "培训项目名称",
      organizer = column "培训机构名称",
      credits = optional(column "培训获得学分"),
    },
  },
  values = {
    level = { ["10"] = "national", ["20"] = "province", ["30"] = "city", ["40"] = "county", ["60"] = "school" },
    mode = { ["1"] = "full_time", ["2"] = "offline", ["3"] = "online", ["4"] = "mixed", ["9"] = "other" },
  },
}
