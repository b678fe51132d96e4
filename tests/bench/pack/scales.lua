return scales { mode = { { "offline", zh = "线下", en = "offline" }, { "online", zh = "线上", en = "online" } } }
