-- 名师工作室培养台账: tab separated.
return adapter {
  id = "studios", title = { zh = "名师工作室培养台账", en = "those grown by studios" }, reader = "csv",
  key = { "person", column "工作室" }, introduces = { "person" },
  person = { code = column "教师编号" },
  post = { kind = "teaching", organization = { name = column "学校" } },
  records = {
    { kind = "grown", of = "person", on = day "认定日期", attributes = { studio = column "工作室" } },
    { kind = "tier", of = "person", since = day "认定日期", attributes = { value = column "梯队" } },
  },
  values = { value = { ["百名"] = "hundred", ["十名"] = "ten", ["千名"] = "thousand", ["个位"] = "one" } },
}
