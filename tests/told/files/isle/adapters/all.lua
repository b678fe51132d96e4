return adapter { id = "all", reader = "csv", key = { "person", "since", "kind" }, introduces = { "person" }, title = { zh = "全部", en = "all" },
  person = { code = column "code" }, records = {
    { kind = "share_of_post", since = day "day", attributes = { value = column "share" }, only_if = column "share" },
    { kind = "course", since = day "day", mode = column "mode", amount = amount("hours", "学时"), only_if = column "hours" },
    { kind = "lecture", since = day "day", only_if = column "lecture" } } }
