-- A district of the province: its files, the province's rules.
return pack {
  id = "credits", version = "1", api = 1, extends = "shaanxi",
  title = { zh = "学分登记", en = "credits kept by a district" },
}
