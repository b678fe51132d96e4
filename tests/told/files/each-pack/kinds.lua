return {
  kinds {
    school = { type = "organization", title = { zh = "学校", en = "school" } },
    class = { type = "cohort", title = { zh = "班", en = "class" } },
    lecture = { unit = "学时", decimals = 1, amount = "required", level = true, title = { zh = "讲座", en = "lecture" },
      attributes = { themes = "text", paid = "truth", held = "date", cost = { type = "amount", unit = "元", decimals = 2 } } },
    visit = { unit = "分钟", title = { zh = "观摩", en = "visit" } },
    mentoring = { type = "relation", title = { zh = "师徒", en = "mentoring" } },
  },
  scales { level = { { "school", zh = "校级", en = "school" }, { "county", zh = "县级", en = "county", aliases = { "区级" } } } },
  organizations {
    { code = "S1", name = "第一小学", kind = "school", aliases = { "一小" } },
    { code = "S2", name = "第二小学", kind = "school" },
  },
}
