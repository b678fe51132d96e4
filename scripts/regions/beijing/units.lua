return units { ["学分"] = { en = "credits", one = "credit" }, ["学时"] = { en = "hours", one = "hour" } }
