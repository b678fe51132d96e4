return units { hour = { en = "hours" }, credit = { en = "credits" } }
