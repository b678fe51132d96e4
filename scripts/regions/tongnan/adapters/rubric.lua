-- 教师教学质量评价量表: a row for each lesson, a column for each item with its greatest score in the title.
local records = {}
for _, one in ipairs { { "教学目标", "教学目标(15分)" }, { "教学内容", "教学内容(20分)" }, { "教学过程", "教学过程(30分)" }, { "教学方法", "教学方法(15分)" },
  { "教学效果", "教学效果(20分)" } } do
  records[#records + 1] = { kind = "rubric", of = "person", on = day "听课日期", amount = amount(one[2], "分"),
    attributes = { item = one[1], sheet = column "评价表编号" }, only_if = column(one[2]) }
end
return adapter {
  id = "rubric", title = { zh = "教师教学质量评价量表", en = "rubric of teaching quality" },
  reader = "xlsx", sheet = "评价汇总",
  key = { column "评价表编号", "item" },
  person = { code = column "教师编号" },
  records = records,
}
