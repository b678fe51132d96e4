return units { ["学分"] = { en = "credits", one = "credit" }, ["学时"] = { en = "hours", one = "hour" }, ["人"] = { en = "people", one = "person" }, ["节"] = { en = "lessons", one = "lesson" } }
