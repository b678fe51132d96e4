return adapter {
  id = "pairs", reader = "csv",
  key = { column "师傅", column "徒弟" },
  relation = { kind = "mentoring", a = { person = { code = column "师傅" } }, b = { person = { code = column "徒弟" } },
               since = day "结对日期" },
}
