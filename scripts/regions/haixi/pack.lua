-- 海西州: a class of the national plan on urban-rural integration and school clusters, its certificates, and the clusters.
return pack {
  id = "haixi",
  version = "1",
  api = 1,
  extends = "national",
  title = { zh = "海西州“国培计划”集团化办学培训班", en = "Haixi: a class of the national plan on school clusters" },
  organization = { code = "HX-JYJ", name = "海西州教育局" },
}
