return kinds {
  run = { type = "cohort", title = { zh = "期", en = "run" } },
  place = { type = "enrollment", title = { zh = "学位", en = "place" }, attributes = { theme = "text" } },
}
