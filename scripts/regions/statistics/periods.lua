return period { id = "school_year", title = { zh = "学年", en = "school year" },
  starts = "2000-09-01", lasts = { years = 1 }, spanning = "ends" }
