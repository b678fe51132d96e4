return kinds {
  session = { of = { "person" }, unit = "分钟", level = true, title = { zh = "培训", en = "training" } },
}
