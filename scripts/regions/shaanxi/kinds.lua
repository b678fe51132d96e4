return kinds {
  school = { type = "organization", title = { zh = "学校", en = "school" } },
  training = { of = { "person" }, unit = "学时", decimals = 1, level = true, title = { zh = "培训", en = "training" } },
  lesson_observation = { of = { "enrollment" }, amount = "none", title = { zh = "听课", en = "lesson observation" } },
  teaching = { type = "post", title = { zh = "任职", en = "post" } },
  course = { type = "programme", title = { zh = "培训项目", en = "programme" } },
  class = { type = "cohort", title = { zh = "班", en = "class" } },
  trainee = { type = "enrollment", title = { zh = "学员", en = "trainee" } },
}
