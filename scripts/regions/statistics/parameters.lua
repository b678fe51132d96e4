local form = "教育事业统计报表 教基4068 填报说明"
return parameters {
  hour_per_minute = { unit = "学时/分钟", title = { zh = "每分钟学时", en = "hours per minute" }, { from = "2000-01-01", value = "1/45", source = form } },
  day_most = { unit = "学时", title = { zh = "每天上限", en = "most hours a day" }, { from = "2000-01-01", value = 8, source = form } },
  band_02_most = { unit = "学时", title = { zh = "第02行上限", en = "upper end of row 02" }, { from = "2000-01-01", value = 36, source = form } },
  band_03_least = { unit = "学时", title = { zh = "第03行下限", en = "lower end of row 03" }, { from = "2000-01-01", value = 37, source = form } },
  band_03_most = { unit = "学时", title = { zh = "第03行上限", en = "upper end of row 03" }, { from = "2000-01-01", value = 72, source = form } },
  band_04_least = { unit = "学时", title = { zh = "第04行下限", en = "lower end of row 04" }, { from = "2000-01-01", value = 73, source = form } },
  band_04_most = { unit = "学时", title = { zh = "第04行上限", en = "upper end of row 04" }, { from = "2000-01-01", value = 108, source = form } },
  band_05_least = { unit = "学时", title = { zh = "第05行下限", en = "lower end of row 05" }, { from = "2000-01-01", value = 109, source = form } },
}
