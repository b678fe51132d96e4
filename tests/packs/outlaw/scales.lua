return scales {
  level = { { "school", zh = "校级", en = "school" }, { "county", zh = "县级", en = "county" }, { "city", zh = "市级", en = "city" } },
  mode = { { "face", zh = "集中", en = "face-to-face" }, { "online", zh = "远程", en = "online" } },
}
