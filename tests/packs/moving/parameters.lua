local assumed = { zh = "试", en = "to be tried" }
return parameters {
  needed = { unit = "学时", { from = "2015-01-01", value = 30, assumed = assumed }, { from = "2022-01-01", value = 36, assumed = assumed } },
  yearly = { unit = "学时", { from = "2015-01-01", value = 10, assumed = assumed } },
  lessons = { unit = "学时", { from = "2015-01-01", value = 12, assumed = assumed } },
  weight = { by = "level", { from = "2015-01-01", value = { school = "0.5", county = 1, city = "1.5" }, assumed = assumed } },
  days = { { from = "2015-01-01", value = 2, assumed = assumed } },
  unread = { { from = "2015-01-01", value = 1, assumed = assumed } },
}
