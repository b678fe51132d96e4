-- Units as English texts print them. In Chinese a unit is its own name.
return units {
  ["人"] = { en = "people", one = "person" },
  ["所"] = { en = "schools", one = "school" },
  ["天"] = { en = "days", one = "day" },
  ["年"] = { en = "years", one = "year" },
  ["人次"] = { en = "person-times", one = "person-time" },
  ["个月"] = { en = "months", one = "month" },
  ["分钟"] = { en = "minutes", one = "minute" },
  ["学时"] = { en = "hours", one = "hour" },
  ["学分"] = { en = "credits", one = "credit" },
  ["节"] = { en = "lessons", one = "lesson" },
  ["场"] = { en = "sessions", one = "session" },
  ["字"] = { en = "characters", one = "character" },
  ["篇"] = { en = "papers", one = "paper" },
  ["项"] = { en = "items", one = "item" },
  ["个"] = { en = "items", one = "item" },
}
