return pack { id = "statistics", version = "1", api = 1,
  title = { zh = "教基4068：教师接受培训情况", en = "form 教基4068: teachers by hours of training" } }
