local c = hours "offline"
  + hours "school_based":cap(P.school_year, "year"):cap(P.school_cycle, "cycle")
  + hours "online":cap(P.online, "cycle")
  + hours "award":first(P.awards, "year")
local novice = fact "hired":after(P.novice_after)
return rule { id = "cycle", of = "person", per = "cycle", title = { zh = "五年周期", en = "five-year cycle" }, needs = {
  { "total", c:at_least(choose { { when = novice, take = P.novice }, otherwise = P.required }), zh = "总学时", en = "total" },
  { "year", c:each "year":at_least(P.yearly), unless = novice, zh = "每年学时", en = "each year" },
  { "practice", hours:where(any_of { { kind = "placement" }, { kind = "workshop", mode = "offline" } }):greatest():at_least(P.practice),
    unless = novice, zh = "实践", en = "practice" },
} }
