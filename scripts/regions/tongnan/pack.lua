-- 潼南区教师进修学院 "13568": one purpose, three levels of responsibility, five stages, six competences, eight action plans.
return pack {
  id = "tongnan",
  version = "1",
  api = 1,
  extends = "national",
  title = { zh = "潼南区教师队伍“13568”建设计划", en = "Tongnan: the 13568 plan for teachers" },
  organization = { code = "TN-JYW", name = "潼南区教育委员会" },
}
