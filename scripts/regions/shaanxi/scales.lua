return scales {
  level = {
    { "school", zh = "校级", en = "school" },
    { "county", zh = "县级", en = "county" },
    { "city", zh = "市级", en = "city" },
    { "province", zh = "省级", en = "province" },
    { "national", zh = "国家级", en = "national" },
  },
  status = {
    { "completed", zh = "结业", en = "completed" },
    { "left", zh = "退出", en = "left" },
  },
  mode = {
    { "full_time", zh = "脱产集中", en = "full time" },
    { "online", zh = "远程", en = "online" },
    { "on_site", zh = "在岗", en = "on site" },
  },
}
