return pack { id = "reference", version = "1", api = 1, title = { zh = "基准规则", en = "the reference rule" } }
