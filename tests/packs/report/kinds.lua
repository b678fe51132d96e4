return kinds {
  class = { type = "programme", title = { zh = "项目", en = "programme" } },
  run = { type = "cohort", title = { zh = "期", en = "run" } },
  place = { type = "enrollment", title = { zh = "学位", en = "place" },
    attributes = { theme = { type = "text", title = { zh = "主题", en = "theme" }, words = { "写", "算", "读" } },
                   remark = { type = "text", title = { zh = "备注", en = "remark" } } } },
  school = { type = "organization", title = { zh = "学校", en = "school" } },
  teaching = { type = "post", title = { zh = "任教", en = "teaching" } },
  hours = { of = { "enrollment" }, unit = "学时", decimals = 1, title = { zh = "学时", en = "hours" }, level = true,
    attributes = { quality = { type = "text", title = { zh = "质量", en = "quality" } } } },
}
