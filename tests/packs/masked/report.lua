return report { id = "people", of = "person", title = { zh = "一个人", en = "one person" }, style = "exact", blocks = {
  key_figures { "hours" },
  table { title = { zh = "培训", en = "training" }, from = "record", order = { "since" }, columns = {
    { title = { zh = "姓名", en = "name" }, value = "person.name" }, { title = { zh = "学时", en = "hours" }, value = "amount" } } },
} }
