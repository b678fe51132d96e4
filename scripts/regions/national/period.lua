-- 教师〔2011〕1号: cycles of five years from 2011. What spans two of them belongs to the one it ends in.
return period {
  id = "cycle",
  title = { zh = "五年周期", en = "five-year cycle" },
  starts = "2011-01-01",
  lasts = { years = 5 },
  spanning = "ends",
}
