-- 甘州区 "红烛之光": backbone teachers spend a month in a host school, come back and change something.
return pack {
  id = "ganzhou",
  version = "1",
  api = 1,
  extends = "national",
  title = { zh = "甘州区“红烛之光”人才项目", en = "Ganzhou: the Red Candle talent programme" },
  organization = { code = "GZ-JYJ", name = "甘州区教育局" },
}
