return adapter { id = "training", title = { zh = "培训", en = "training" }, reader = "csv", key = { column "序号" },
  person = { code = column "编号" },
  record = { kind = "training", of = "person", on = day "日期", level = column "级别", amount = amount "学时" },
}
