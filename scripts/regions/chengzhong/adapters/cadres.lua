-- 干部培养与导师: who is in which plan for school leaders, and the tutor of each.
return {
  adapter {
    id = "cadres", title = { zh = "干部培养名单", en = "school leaders in a plan" }, reader = "xlsx", sheet = "培养名单",
    key = { "person" }, introduces = { "person" },
    person = { code = column "编号" },
    post = { kind = "teaching", organization = { name = column "单位" } },
    record = { kind = "cadre", of = "person", since = day "入选日期", attributes = { plan = column "计划" } },
  },
  adapter {
    id = "tutors", title = { zh = "导师结对表", en = "tutors" }, reader = "xlsx", sheet = "导师结对",
    key = { column "学员编号", column "导师编号" }, introduces = { "person" },
    relation = { kind = "tutoring", a = { person = { code = column "学员编号" } }, b = { person = { code = column "导师编号" } },
      since = day "结对日期" },
  },
}
