return adapter { id = "records", reader = "csv", key = { "person", "since" }, introduces = { "person" },
  title = { zh = "培训记录", en = "training records" },
  person = { code = column "编号" },
  record = { kind = "training", level = column "级别", mode = column "方式", since = day "开始", till = day "结束",
    amount = amount("学时", "学时") } }
