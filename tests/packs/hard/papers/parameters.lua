local assumed = { zh = "试验用值", en = "a value for trying" }
return parameters {
  papers = { unit = "学分", { from = "2020-01-01", value = 7, assumed = assumed } },
  credit_per_paper = { unit = "学分", by = "level",
    { from = "2020-01-01", value = { county = 1, city = 2, province = 5 }, assumed = assumed },
    { from = "2024-01-01", value = { county = 3, city = 6, province = 9 }, assumed = assumed } },
}
