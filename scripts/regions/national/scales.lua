-- Ordered words, lowest first; `at_least` compares positions.
return scales {
  level = {
    { "school", zh = "校级", en = "school", aliases = { "校本" } },
    { "county", zh = "县级", en = "county", aliases = { "区级", "区县级", "县区级", "区培" } },
    { "city", zh = "市级", en = "city", aliases = { "地市级", "州级", "市培" } },
    { "province", zh = "省级", en = "province", aliases = { "省培" } },
    { "national", zh = "国家级", en = "national", aliases = { "国培" } },
  },
  mode = {
    { "full_time", zh = "脱产集中", en = "full time" },
    { "offline", zh = "线下", en = "face to face", aliases = { "面授", "集中" } },
    { "online", zh = "线上", en = "online", aliases = { "网络", "远程" } },
    { "mixed", zh = "混合", en = "mixed" },
    { "other", zh = "其他", en = "other" },
  },
  status = {
    { "planned", zh = "计划", en = "planned" },
    { "under_way", zh = "进行中", en = "under way" },
    { "withdrawn", zh = "退出", en = "withdrawn" },
    { "revoked", zh = "已注销", en = "revoked" },
    { "failed", zh = "不合格", en = "failed" },
    { "passed", zh = "合格", en = "passed", aliases = { "结业", "已完成" } },
    { "in_force", zh = "有效", en = "in force" },
  },
  section = {
    { "kindergarten", zh = "幼儿园", en = "kindergarten", aliases = { "学前" } },
    { "primary", zh = "小学", en = "primary" },
    { "lower_secondary", zh = "初中", en = "lower secondary" },
    { "upper_secondary", zh = "高中", en = "upper secondary" },
    { "vocational", zh = "中职", en = "vocational", aliases = { "职业教育", "职教" } },
  },
  about = { -- what a training is for
    { "class_teacher", zh = "班主任", en = "class teachers" },
    { "qualification", zh = "任职资格", en = "qualification" },
    { "information_technology", zh = "信息技术应用", en = "information technology" },
  },
}
