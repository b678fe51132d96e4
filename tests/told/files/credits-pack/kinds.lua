return kinds { offer = { type = "activity", unit = "学时", decimals = 1, title = { zh = "培训班", en = "course offered" } },
  plan = { type = "programme", level = true, title = { zh = "培训计划", en = "plan of courses" } } }
