-- 教师〔2011〕1号: cycles of five years from 2011; before, those of the regulation of 1999. What spans two belongs to the
-- one it ends in. Outreach is counted by the calendar year.
return {
  period {
    id = "cycle",
    title = { zh = "五年周期", en = "five-year cycle" },
    starts = "2001-01-01",
    lasts = { years = 5 },
    spanning = "ends",
  },
  period { id = "calendar_year", title = { zh = "年度", en = "calendar year" }, starts = "2016-01-01", lasts = { years = 1 } },
}
