local function one(value, unit, zh, en)
  return { unit = unit, title = { zh = zh, en = en }, { from = "2025-01-01", value = value, source = "x" } }
end
return parameters {
  full = one(40, "学时", "全部", "all"), part = one(20, "学时", "部分", "part"), below = one("1/2", nil, "界限", "limit"),
  lecture = one(3, "学时", "每次讲座", "a lecture"), lectures = one(2, nil, "最多讲座次数", "most lectures"),
  online = one(4, "学时", "网络上限", "most online"),
}
