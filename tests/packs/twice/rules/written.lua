local function decide(case)
  local face = case:recognised("credits", "face")
  local online = case:recognised("credits", "online") + face:over(P.face)
  local school = case:recognised("credits", "school"):cap(case:parameter "school_year", "year")
  local all = face:cap(P.face) + online + school
  case:need("face", face, ">=", P.face)
  case:need("online", online, ">=", P.online)
  case:need("school", school, ">=", P.school_year)
  for _, year in ipairs(case:years()) do
    case:need("year", all:in_year(year), ">=", P.yearly, year)
  end
end

return rule { id = "written", of = "person", per = "cycle", title = { zh = "函数", en = "written" }, decide = decide, needs = {
  { "face", zh = "集中", en = "face-to-face", unit = "学分" },
  { "online", zh = "远程", en = "online", unit = "学分" },
  { "school", zh = "校本", en = "school-based", unit = "学分" },
  { "year", zh = "每年", en = "each year", unit = "学分" },
} }
