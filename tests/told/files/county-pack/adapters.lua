return adapter { id = "probation", reader = "csv", key = { "person", "since" }, introduces = { "person" },
  title = { zh = "试用期培训登记", en = "probation training" },
  person = { code = column "编号" },
  record = { kind = "probation", mode = column "方式", since = day "日期", amount = amount("学时", "学时") } }
