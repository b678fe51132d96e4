return kinds {
  training = { title = { zh = "培训", en = "training" }, of = { "person" }, unit = "学时", decimals = 1, level = true },
}
