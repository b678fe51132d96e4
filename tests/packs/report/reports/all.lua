-- Every block that there is.
return report { id = "all", of = "cohort", title = { zh = "全部", en = "everything" }, blocks = {
  heading { level = 2, zh = "一、文字", en = "1. Text" },
  paragraph { zh = "{people}，{people:value}，{lessons}，{lessons@enrollment.theme=写}，{lessons:value@enrollment.theme=画}，{{花括号}}。",
    en = "{people}, {people:value}, {lessons}, {lessons@enrollment.theme=写}, {lessons:value@enrollment.theme=画}, {{braces}}." },
  note { zh = "{audience}、{visitors}、{none}、{rate}、{both}。", en = "{audience}, {visitors}, {none}, {rate}, {both}." },
  key_figures { "people", "lessons", "rate" },
  table { title = { zh = "按主题", en = "by theme" }, by = "enrollment.theme", figures = { "people", "lessons", "hours" }, total = true },
  table { by = "quality", figures = { "lessons" } },
  table { title = { zh = "按人", en = "by person" }, by = "person", figures = { "lessons" }, style = "published", total = true },
  table { title = { zh = "按结果", en = "by outcome" }, by = "outcome", figures = { "decided" } },
  table { title = { zh = "名单", en = "list" }, from = "enrollment", order = { { "theme", "descending" }, "person.code" }, columns = {
    { title = { zh = "编号", en = "code" }, value = "person.code" },
    { title = { zh = "姓名", en = "name" }, value = "person.name" },
    { title = { zh = "学校", en = "school" }, value = "school.name" },
    { title = { zh = "主题", en = "theme" }, value = "theme" },
    { title = { zh = "备注", en = "remark" }, value = "remark" },
  } },
  table { title = { zh = "学时", en = "hours" }, from = "record", where = { kind = "hours" }, columns = {
    { title = { zh = "日期", en = "day" }, value = "since" },
    { title = { zh = "级别", en = "level" }, value = "level" },
    { title = { zh = "质量", en = "quality" }, value = "quality" },
    { title = { zh = "学时", en = "hours" }, value = "amount" },
  } },
  table { title = { zh = "认定", en = "decisions" }, from = "decision", where = { rule = "done" }, order = { "person.code" }, columns = {
    { title = { zh = "编号", en = "code" }, value = "person.code" },
    { title = { zh = "结果", en = "outcome" }, value = "outcome" },
  } },
  page(),
  chart { kind = "column", title = { zh = "图", en = "chart" }, by = "enrollment.theme", figures = { "people", "done" } },
} }
