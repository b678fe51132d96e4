-- expect: unknown key
return parameters { ["\27[31m\n"] = { ["\27[2J"] = 1, unit = "x", title = { zh = "x", en = "x" }, { from = "2020-01-01", value = 1, source = "x" } } }
