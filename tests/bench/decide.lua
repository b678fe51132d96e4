-- rules/cycle.lua of the pack, written as a function: asked once about every person.
local practical = any_of { { kind = "placement" }, { kind = "workshop", mode = "offline" } }

local function decide(case)
  local counted = case:recognised("hours", "offline")
    + case:recognised("hours", "school_based"):cap(P.school_year, "year"):cap(P.school_cycle, "cycle")
    + case:recognised("hours", "online"):cap(P.online, "cycle")
    + case:recognised("hours", "award"):first(case:parameter "awards", "year")
  if case:fact("hired") > "2024-12-31" then
    case:need("total", counted, ">=", P.novice)
    return
  end
  case:need("total", counted, ">=", P.required)
  for _, year in ipairs(case:years()) do case:need("year", counted:in_year(year), ">=", P.yearly, year) end
  case:need("practice", case:recognised("hours"):where(practical):greatest(), ">=", P.practice)
end

return rule { id = "cycle", of = "person", per = "cycle", title = { zh = "五年周期", en = "five-year cycle" }, decide = decide, needs = {
  { "total", zh = "总学时", en = "total", unit = "学时" },
  { "year", zh = "每年学时", en = "each year", unit = "学时" },
  { "practice", zh = "实践", en = "practice", unit = "学时" },
} }
