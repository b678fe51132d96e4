return scales { level = {
  { "school", zh = "校级", en = "school" }, { "county", zh = "县级", en = "county" }, { "prefecture", zh = "地市级", en = "prefecture" },
  { "province", zh = "省级", en = "province" }, { "national", zh = "国家级", en = "national" }, { "abroad", zh = "境外", en = "abroad" },
}, status = { { "passed", zh = "考核合格", en = "passed" }, { "failed", zh = "考核不合格", en = "failed" } } }
