return kinds {
  bureau = { type = "organization", title = { zh = "教育局", en = "bureau" } },
  school = { type = "organization", title = { zh = "学校", en = "school" } },
  teaching = { type = "post", title = { zh = "任教", en = "teaching" } },
  lesson = { of = { "person" }, unit = "节", title = { zh = "听课", en = "lessons" }, attributes = { course = "text" } },
}
