-- 西宁市城中区: four channels by which teachers grow, about 2018.
return pack {
  id = "chengzhong",
  version = "1",
  api = 1,
  extends = "national",
  title = { zh = "西宁市城中区教师队伍建设", en = "Chengzhong: four channels of teacher development" },
  organization = { code = "CZ-JYJ", name = "西宁市城中区教育局" },
}
