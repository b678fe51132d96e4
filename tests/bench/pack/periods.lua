return period { id = "cycle", title = { zh = "五年周期", en = "five-year cycle" }, starts = "2021-01-01", lasts = { years = 5 } }
