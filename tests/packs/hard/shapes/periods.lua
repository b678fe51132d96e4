return period { id = "cycle", title = { zh = "周期", en = "cycle" }, starts = "2020-01-01", lasts = { years = 2 } }
