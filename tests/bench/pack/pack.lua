return pack { id = "bench", version = "1", api = 1, title = { zh = "测速用的基准规则", en = "the reference rule, measured" } }
