return units { ["年"] = { en = "years" }, ["人"] = { en = "people" } }
