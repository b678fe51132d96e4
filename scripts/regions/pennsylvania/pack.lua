return pack {
  id = "pennsylvania", version = "1", api = 1,
  title = { zh = "宾夕法尼亚州第48号法", en = "Pennsylvania: Act 48" },
}
