return pack { id = "isle", version = "1", api = 1, extends = "national", title = { zh = "岛", en = "isle" } }
