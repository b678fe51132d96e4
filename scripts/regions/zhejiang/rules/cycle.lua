-- 2010: caps by year and cycle, an uninterrupted block; ethics may be online too, hence `where`.
local counted = hours "face_to_face" + hours "other"
local c = counted
  :cap(P.school_year, "year", { kind = "school_based" }):cap(P.school_cycle, "cycle", { kind = "school_based" })
  :cap(P.short_year, "year", { kind = "short_training" }):cap(P.short_cycle, "cycle", { kind = "short_training" })
  :cap(P.ethics_year, "year", { kind = "ethics" }):cap(P.ethics_cycle, "cycle", { kind = "ethics" })
  :cap(P.online_year, "year", { mode = "online" }):cap(P.online_cycle, "cycle", { mode = "online" })
  :cap(P.year_most, "year")
return {
  rule { id = "cycle_2010", of = "person", per = "cycle", title = { zh = "五年周期学时（2010年）", en = "five-year cycle, 2010" },
    in_force = { from = "2011-09-01", till = "2016-08-31", by = "period_start" }, needs = {
      { "total", c:at_least(P.hours_total), zh = "总学时", en = "total" },
      { "year", c:each "year":at_least(P.year_least), zh = "每年学时", en = "each year" },
      { "block", hours "face_to_face":blocks { gap_days = 0 }:greatest():at_least(P.block), zh = "集中培训", en = "uninterrupted block" },
    } },
  rule { id = "cycle", of = "person", per = "cycle", title = { zh = "五年周期学分（2016年）", en = "five-year cycle, 2016" },
    in_force = { from = "2016-09-01", by = "period_start" }, needs = {
      { "total", credits:at_least(P.total), zh = "总学分", en = "total" },
      { "year", credits:each "year":at_least(P.year_least_credits), zh = "每年学分", en = "each year" },
    } },
}
