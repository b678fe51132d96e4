-- A report is a list of blocks over a scope. 报告是一个范围内的若干内容块。
return report {
  id = "annual", of = "cohort", style = "exact",
  title = { zh = "骨干教师研修总结", en = "training of backbone teachers" },
  blocks = {
    paragraph { zh = "本期研修学员{trainees}，共完成{hours}，结业{completed}，结业率{completion}。",
      en = "The class had {trainees:value} trainees with {hours:value} hours in all; {completed:value} completed it, a rate of {completion}." },
    key_figures { "trainees", "hours", "completed", "completion" },
    table { title = { zh = "各校情况", en = "by school" }, by = "school", figures = { "hours" }, total = true },
    chart { kind = "bar", title = { zh = "各校研修学时", en = "hours by school" }, by = "school", figure = "hours" },
    table { title = { zh = "结业认定", en = "decisions" }, from = "decision", where = { rule = "completion" }, order = { "person.code" },
      columns = {
        { title = { zh = "编号", en = "code" }, value = "person.code" },
        { title = { zh = "学校", en = "school" }, value = "school.name" },
        { title = { zh = "认定", en = "outcome" }, value = "outcome" },
      } },
  },
}
