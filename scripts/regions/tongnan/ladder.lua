-- The ladder of five stages. The same text uses a second set of names for two of them: both are understood.
return {
  ladder {
    id = "stage", title = { zh = "教师成长梯队", en = "growth ladder" },
    stages = {
      { "new", zh = "新教师", en = "new teacher" },
      { "qualified", zh = "合格教师", en = "qualified teacher", aliases = { "青年教师" } },
      { "backbone", zh = "骨干教师", en = "backbone teacher" },
      { "master", zh = "名优教师", en = "distinguished teacher" },
      { "educator", zh = "教育家型教师", en = "teacher-educator", aliases = { "卓越教师" } },
    },
  },
  scales {
    -- a district of a municipality: its own level is 区级
    level = {
      { "school", zh = "校级", en = "school", aliases = { "校本" } },
      { "county", zh = "区级", en = "district", aliases = { "县级", "区县级" } },
      { "city", zh = "市级", en = "city" },
      { "province", zh = "省级", en = "province" },
      { "national", zh = "国家级", en = "national" },
    },
    competence = {
      { "design", zh = "设计", en = "design" }, { "organization_of", zh = "组织", en = "organization" },
      { "teaching", zh = "教学", en = "teaching" }, { "guidance", zh = "指导", en = "guidance" },
      { "evaluation", zh = "评价", en = "evaluation" }, { "research", zh = "研究", en = "research" },
    },
    step = {
      { "raised", zh = "教师提出问题", en = "raised by a teacher" },
      { "looked_at", zh = "备课组预诊", en = "looked at by the lesson group" },
      { "diagnosed", zh = "区级研训组会诊", en = "diagnosed by the district group" },
      { "planned", zh = "指导备课组形成方案", en = "a plan is made under guidance" },
      { "formed", zh = "教师实践并形成案例", en = "tried and written up as a case" },
    },
    actor = {
      { "teacher", zh = "教师", en = "teacher" }, { "lesson_group", zh = "备课组", en = "lesson group" },
      { "district_group", zh = "区级研训组", en = "district research group" },
    },
    item = {
      { "aims", zh = "教学目标", en = "aims" }, { "content", zh = "教学内容", en = "content" },
      { "process", zh = "教学过程", en = "process" }, { "method", zh = "教学方法", en = "method" },
      { "effect", zh = "教学效果", en = "effect" },
    },
  },
}
