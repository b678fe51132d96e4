return kinds {
  hired = { of = { "person" }, title = { zh = "参加工作", en = "hired" } },
  induction = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "新任教师培训", en = "induction training" } },
  training = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "培训", en = "training" },
    attributes = { category = { type = "text", title = { zh = "类别", en = "category" },
      words = { "common", "professional", "elective", "school_based" } } } },
}
