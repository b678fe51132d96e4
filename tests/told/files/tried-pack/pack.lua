return pack { id = "tried", version = "1", api = 1, title = { zh = "试算用", en = "to be tried" } }
