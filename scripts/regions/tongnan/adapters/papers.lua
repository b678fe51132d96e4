-- 论文发表登记表: a row for each author of a paper.
return adapter {
  id = "papers", title = { zh = "论文发表登记表", en = "papers published" },
  reader = "csv", key = { "person", "work" },
  person = { code = column "作者编号" },
  record = { kind = "paper", of = "person", on = day "发表时间", level = column "刊物级别",
    attributes = { work = column "论文编号", journal = column "刊物" } },
}
