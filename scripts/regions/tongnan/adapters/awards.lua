-- 获奖登记表: two sheets of one form, of the institute's staff and of the schools' teachers.
local function sheet(id, zh, en, name)
  return adapter {
    id = id, title = { zh = zh, en = en }, reader = "xlsx", sheet = name,
    key = { column "证书编号" },
    person = { code = column "获奖人编号" },
    record = { kind = "award", of = "person", on = day "获奖时间", level = column "级别", attributes = { contest = column "赛事或项目", prize = column "奖项", certificate = column "证书编号" } },
  }
end
return { sheet("staff_awards", "学院教职工获奖", "awards of the institute's staff", "学院教职工"),
  sheet("teacher_awards", "教师获奖", "awards of teachers", "基层学校教师") }
