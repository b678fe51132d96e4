return units { ["学分"] = { en = "credits" }, ["学时"] = { en = "hours" } }
