-- The measures of 2016 hold for cycles that begin in September 2016 or later; earlier ones end under the text of 2010.
return period { id = "cycle", title = { zh = "五年周期", en = "five-year cycle" },
  starts = "2011-09-01", lasts = { years = 5 }, year_starts = "09-01", spanning = "ends" }
