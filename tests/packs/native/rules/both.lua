local face = credits "face"
local online = credits "online" + face:over(P.face)
local school = credits "school":cap(P.school_year, "year")
return {
  rule { id = "declared", of = "person", per = "cycle", title = { zh = "声明", en = "declared" }, needs = {
    { "face", face:at_least(P.face), zh = "集中", en = "face-to-face" },
    { "online", online:at_least(P.online), zh = "远程", en = "online" },
    { "school", school:at_least(P.school_year), zh = "校本", en = "school-based" },
  } },
  rule { id = "written", of = "person", per = "cycle", native = "credits_cycle", title = { zh = "原生", en = "native" }, needs = {
    { "face", zh = "集中", en = "face-to-face", unit = "学分" },
    { "online", zh = "远程", en = "online", unit = "学分" },
    { "school", zh = "校本", en = "school-based", unit = "学分" },
  } },
  rule { id = "crashes", of = "person", native = "credits_crash", title = { zh = "崩溃", en = "crashes" }, needs = {
    { "never", zh = "不会说出", en = "never said", unit = "学分" },
  } },
}
