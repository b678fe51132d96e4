local form = "教育事业统计报表 教基4068 填报说明"
return parameters {
  hour_per_minute = { unit = "学时/分钟", { from = "2000-01-01", value = "1/45", source = form } },
  day_most = { unit = "学时", { from = "2000-01-01", value = 8, source = form } },
  band_02_most = { unit = "学时", { from = "2000-01-01", value = 36, source = form } },
  band_03_least = { unit = "学时", { from = "2000-01-01", value = 37, source = form } },
  band_03_most = { unit = "学时", { from = "2000-01-01", value = 72, source = form } },
  band_04_least = { unit = "学时", { from = "2000-01-01", value = 73, source = form } },
  band_04_most = { unit = "学时", { from = "2000-01-01", value = 108, source = form } },
  band_05_least = { unit = "学时", { from = "2000-01-01", value = 109, source = form } },
}
