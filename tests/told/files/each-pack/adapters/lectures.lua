-- Two people may share a cell; what a lecture was about is joined by marks; the kind stands in a column.
return adapter {
  id = "lectures", reader = { "csv", "xlsx" },
  introduces = { "person" },
  only = { ["状态"] = { "有效", "已核" } },
  organization = column "学校",
  person = { code = column "编号":split { "&", "＆" }, name = column "姓名":split { "&", "＆" } },
  post = {},
  record = {
    kind = column "类别", on = day "日期", amount = amount "学时", level = column "级别",
    attributes = { themes = column "主题":split { "┋" }, paid = column "收费", held = optional(day "补办日期"),
                   cost = optional(column "费用") },
  },
  values = { level = { ["县"] = "county" }, kind = { ["报告会"] = "lecture" } },
}
