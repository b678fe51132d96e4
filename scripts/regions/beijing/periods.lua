return period { id = "cycle", title = { zh = "“十三五”周期", en = "cycle 2016 to 2020" }, starts = "2016-01-01", lasts = { years = 5 } }
