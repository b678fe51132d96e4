return report { id = "lessons", of = "organization", title = { zh = "听课", en = "lessons" }, blocks = {
  heading { level = 1, zh = "听课", en = "Lessons" },
  paragraph { zh = "{people}，{lessons}。", en = "{people}, {lessons}." },
  table { by = "course", figures = { "lessons" }, total = true },
  table { from = "decision", where = { rule = "enough" }, order = { "person.code" }, columns = {
    { title = { zh = "编号", en = "code" }, value = "person.code" },
    { title = { zh = "结果", en = "outcome" }, value = "outcome" },
  } },
} }
