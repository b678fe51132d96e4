local face = credits "face"
local online = credits "online" + face:over(P.face)
local school = credits "school":cap(P.school_year, "year")
local all = face:cap(P.face) + online + school
return rule { id = "declared", of = "person", per = "cycle", title = { zh = "声明", en = "declared" }, needs = {
  { "face", face:at_least(P.face), zh = "集中", en = "face-to-face" },
  { "online", online:at_least(P.online), zh = "远程", en = "online" },
  { "school", school:at_least(P.school_year), zh = "校本", en = "school-based" },
  { "year", all:each "year":at_least(P.yearly), zh = "每年", en = "each year" },
} }
