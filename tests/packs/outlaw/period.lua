return period { id = "cycle", starts = "2020-02-01", lasts = { years = 3 }, year_starts = "02-01" }
