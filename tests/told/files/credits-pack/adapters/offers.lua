return adapter { id = "offers", reader = "csv", key = { "activity" }, introduces = { "programme", "activity" },
  title = { zh = "培训计划", en = "plan of courses" },
  programme = { kind = "plan", code = column "计划", name = column "计划", level = column "级别" },
  activity = { kind = "offer", code = column "班号", name = column "名称", mode = column "方式", since = day "开班", till = day "结班",
    amount = amount("课时", "学时") } }
