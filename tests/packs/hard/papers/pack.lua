return pack { id = "papers", version = "1", api = 1, title = { zh = "同一成果只计最高级别", en = "the same work counts once" } }
