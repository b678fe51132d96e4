local topic = { type = "text", words = { "safety" }, title = { zh = "专题", en = "topic" } }
return kinds {
  course = { title = { zh = "课程", en = "course" }, unit = "学时", decimals = 1, attributes = { topic = topic } },
  lecture = { title = { zh = "讲座", en = "lecture" }, attributes = { topic = topic } },
  share_of_post = { title = { zh = "岗位比例", en = "share of post" },
    attributes = { value = { type = "amount", decimals = 2, title = { zh = "比例", en = "share" } } } },
}
