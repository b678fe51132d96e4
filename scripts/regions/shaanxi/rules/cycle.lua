-- One rule, one screen; every need is checked, none hides another.
local face   = credits "face_to_face"
local online = credits "online" + face:over(P.face_to_face)               -- the surplus offsets, one way
local school = credits "school_based":cap(P.school_based_yearly, "year")
return rule { id = "cycle", of = "person", per = "cycle", title = { zh = "五年周期学分", en = "five-year cycle" }, needs = {
  { "face",   face:at_least(P.face_to_face),  zh = "集中培训", en = "face-to-face" },
  { "online", online:at_least(P.online),      zh = "远程培训", en = "online" },
  { "school", school:at_least(P.school_based), zh = "校本研修", en = "school-based" },
} }
