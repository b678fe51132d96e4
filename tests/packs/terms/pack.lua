-- No region's: what one rule counts in all another counts in each school year, which a day that is known by its year
-- alone may be in two of.
return pack { id = "terms", title = { zh = "学年", en = "school years" }, version = "1", api = 1 }
