-- Units as English texts print them. In Chinese a unit is its own name.
return units {
  ["人"] = { en = "people" },
  ["所"] = { en = "schools" },
  ["天"] = { en = "days" },
  ["年"] = { en = "years" },
  ["个月"] = { en = "month(s)" },
  ["分钟"] = { en = "minutes" },
  ["学时"] = { en = "hours" },
  ["学分"] = { en = "credits" },
  ["节"] = { en = "lessons" },
  ["场"] = { en = "sessions" },
  ["字"] = { en = "characters" },
  ["篇"] = { en = "papers" },
  ["项"] = { en = "items" },
  ["个"] = { en = "items" },
}
