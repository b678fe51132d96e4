local assumed = { zh = "试算用，没有出处", en = "made up to be tried" }
return parameters {
  needed = { title = { zh = "每年学时", en = "hours a year" }, unit = "学时",
    { from = "2020-01-01", value = 40, assumed = assumed }, { from = "2026-01-01", value = 60, source = "试字〔2025〕1号" } },
  weight = { title = { zh = "折算", en = "weight" }, by = "level",
    { from = "2020-01-01", value = { school = "0.5", county = 1, city = 1 }, assumed = assumed } },
  novice_after = { title = { zh = "新任教师自", en = "new teachers since" },
    { from = "2020-01-01", value = "2024-08-31", assumed = assumed } },
  most_school = { title = { zh = "校级上限", en = "school level, at most" }, unit = "学时",
    { from = "2020-01-01", value = 10, assumed = assumed } },
}
