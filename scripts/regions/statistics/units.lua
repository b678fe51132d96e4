return units { ["学时"] = { en = "hours" }, ["分钟"] = { en = "minutes" }, ["人"] = { en = "people" } }
