return scales { level = { { "county", zh = "县级", en = "county" }, { "city", zh = "市级", en = "city" }, { "province", zh = "省级", en = "province" } } }
