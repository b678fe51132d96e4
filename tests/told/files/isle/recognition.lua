return recognition { id = "hours", unit = "学时", title = { zh = "学时", en = "hours" }, {
  { as = "face", zh = "面授", en = "in person", when = { kind = "course", mode = "offline" } },
  { as = "online", zh = "网络", en = "online", when = { kind = "course", mode = "online" } },
  { as = "lecture", zh = "讲座", en = "lecture", amount = P.lecture, when = { kind = "lecture" } },
}, otherwise = review { zh = "方式不明", en = "mode not said" } }
