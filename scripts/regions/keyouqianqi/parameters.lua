-- Published are numbers, no thresholds; how long a placement has to last is assumed.
return parameters {
  mission_days = {
    title = { zh = "送研送教天数", en = "days of the mission" }, unit = "天",
    { from = "2018-01-01", value = 3, source = "海淀区教师进修学校与科右前旗结对帮扶公开报道：2020年11月3日至5日" },
  },
  placement_days = {
    title = { zh = "跟岗天数", en = "days of a placement" }, unit = "天",
    { from = "2018-01-01", value = 5, assumed = { zh = "跟岗时长未公布，按一周计", en = "how long placements last is not published; a week is assumed" } },
  },
}
