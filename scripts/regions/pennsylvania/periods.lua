return period { id = "cycle", title = { zh = "五年周期", en = "five years" }, starts = "2010-07-01", lasts = { years = 5 } }
