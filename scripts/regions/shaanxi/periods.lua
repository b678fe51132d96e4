-- An older text lets the year end on 30 January; taken as the 31st, so that no day is left out.
return period {
  id = "cycle", title = { zh = "五年周期", en = "five-year cycle" },
  starts = "2018-02-01", lasts = { years = 5 }, year_starts = "02-01", spanning = "ends",
}
