return kinds { paper = { of = { "person" }, amount = "none", level = true, title = { zh = "论文", en = "paper" },
  attributes = { work = { type = "text", title = { zh = "题目", en = "title" } } } },
  talk = { of = { "person" }, amount = "none", title = { zh = "发言", en = "talk" } } }
