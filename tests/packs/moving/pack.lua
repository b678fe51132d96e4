-- Everything that a decision can rest on, in small: for histories by chance (tests/unit/task_history.c).
return {
  pack { id = "moving", version = "1", api = 1, title = { zh = "变动", en = "moving" } },
  kinds {
    bureau = { type = "organization", title = { zh = "教育局", en = "bureau" } },
    school = { type = "organization", title = { zh = "学校", en = "school" } },
    county = { type = "organization", title = { zh = "县", en = "county" } },
    teaching = { type = "post", title = { zh = "任职", en = "post" } },
    programme = { type = "programme", level = true, title = { zh = "项目", en = "programme" } },
    class = { type = "cohort", title = { zh = "班", en = "class" } },
    session = { type = "activity", title = { zh = "活动", en = "session" } },
    placement = { type = "enrollment", title = { zh = "跟岗", en = "placement" } },
    mentor = { type = "relation", title = { zh = "师徒", en = "mentor" } },
    hired = { of = { "person" }, title = { zh = "参加工作", en = "hired" } },
    training = { of = { "person", "enrollment" }, unit = "学时", decimals = 1, level = true, title = { zh = "培训", en = "training" } },
    lesson = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "课", en = "lesson" } },
    absence = { of = { "enrollment" }, amount = "none", title = { zh = "缺勤", en = "absence" } },
    plan = { of = { "organization", "cohort", "programme" }, amount = "none", title = { zh = "方案", en = "plan" } },
  },
  scales { level = { { "school", zh = "校级", en = "school" }, { "county", zh = "县级", en = "county" }, { "city", zh = "市级", en = "city" } } },
  period { id = "cycle", title = { zh = "周期", en = "cycle" }, starts = "2020-01-01", lasts = { years = 2 } },
  period { id = "own", title = { zh = "各人周期", en = "own cycle" }, starts = fact "hired", lasts = { years = 3 } },
}
