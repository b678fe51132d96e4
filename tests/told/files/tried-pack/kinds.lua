return {
  kinds {
    bureau = { type = "organization", title = { zh = "教育局", en = "bureau" } },
    school = { type = "organization", title = { zh = "学校", en = "school" } },
    teaching = { type = "post", title = { zh = "任职", en = "post" } },
    hired = { of = { "person" }, title = { zh = "参加工作", en = "hired" } },
    stage = { of = { "person" }, title = { zh = "梯队层级", en = "stage" }, attributes = { value = "text" } },
    training = { of = { "person" }, unit = "学时", decimals = 1, level = true, title = { zh = "培训", en = "training" } },
  },
  scales { level = { { "school", zh = "校级", en = "school" }, { "county", zh = "县级", en = "county" }, { "city", zh = "市级", en = "city" } } },
  ladder { id = "stage", title = { zh = "梯队", en = "stage" },
    stages = { { "new", zh = "新任教师", en = "new teacher" }, { "backbone", zh = "骨干教师", en = "backbone teacher" } } },
  units { ["学时"] = { en = "hours" } },
  organizations {
    { code = "B", name = "教育局", kind = "bureau" },
    { code = "S1", name = "第一小学", kind = "school", parent = "B" },
    { code = "S2", name = "第二小学", kind = "school", parent = "B" },
  },
}
