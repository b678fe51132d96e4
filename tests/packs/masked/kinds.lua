return kinds {
  training = { of = { "person" }, unit = "学时", title = { zh = "培训", en = "training" } },
}
