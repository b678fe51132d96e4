local assumed = { zh = "试验用值", en = "a value for trying" }
return parameters {
  rate = { unit = "学分/学时", by = "level", { from = "2020-01-01", value = { school = "0.2", county = "1/3", city = "0.5" }, assumed = assumed } },
  face = { unit = "学分", { from = "2020-01-01", value = 12, assumed = assumed } },
  online = { unit = "学分", { from = "2020-01-01", value = 20, assumed = assumed } },
  school_year = { unit = "学分", { from = "2020-01-01", value = 5, assumed = assumed } },
  yearly = { unit = "学分", { from = "2020-01-01", value = 6, assumed = assumed } },
}
