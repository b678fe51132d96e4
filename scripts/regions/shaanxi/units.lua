return units { ["学分"] = { en = "credits" }, ["学时"] = { en = "hours" }, ["人"] = { en = "people" }, ["节"] = { en = "lessons" } }
