return scales {
  level = { { "school", zh = "校级", en = "school level" }, { "county", zh = "县级", en = "county level" } },
  quality = { { "low", zh = "一般", en = "fair" }, { "high", zh = "优秀", en = "excellent" } },
}
