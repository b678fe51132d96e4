-- Its key tells too little: one person may have several lines.
return adapter {
  id = "hours", reader = { "csv", "xlsx" },
  key = { "person" },
  person = { id = optional "证件号", code = optional "工号", name = column "姓名", school = column "学校" },
  record = { kind = "visit", on = day "日期", amount = amount "分钟数" },
}
