return kinds {
  hired = { title = { zh = "参加工作", en = "hired" } },
  talk = { of = { "person" }, unit = "学时", decimals = 2, title = { zh = "讲座", en = "talk" },
    attributes = { theme = { type = "text", words = { "class", "care" } }, work = "text" } },
  trip = { of = { "person" }, unit = "学时", decimals = 2, level = true, title = { zh = "考察", en = "trip" } },
  lesson = { of = { "person", "enrollment" }, unit = "学时", decimals = 2, title = { zh = "听课", en = "lesson" } },
  prize = { of = { "person" }, amount = "none", level = true, title = { zh = "获奖", en = "prize" } },
  leave = { of = { "person" }, title = { zh = "请假", en = "leave" } },
  absence = { of = { "enrollment" }, amount = "none", title = { zh = "缺勤", en = "absence" } },
  class = { type = "programme", title = { zh = "班", en = "class" } },
  trainee = { type = "enrollment", title = { zh = "学员", en = "trainee" } },
  mentor = { type = "relation", title = { zh = "导师", en = "mentor" } },
}
