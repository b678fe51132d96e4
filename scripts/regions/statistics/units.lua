return units { ["学时"] = { en = "hours", one = "hour" }, ["分钟"] = { en = "minutes", one = "minute" }, ["人"] = { en = "people", one = "person" } }
