return units { ["年"] = { en = "years", one = "year" }, ["人"] = { en = "people", one = "person" } }
