return adapter { id = "training", title = { zh = "培训登记", en = "training" }, reader = "csv", key = { "person", "since" },
  introduces = { "person" },
  person = { name = column "姓名", id = column "身份证号" },
  record = { kind = "training", on = day "日期", amount = amount "学时" } }
