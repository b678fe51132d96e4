-- Published: eight days, six phases, 40 of 40 finished. Hours and the threshold of completion are not.
local published = "海西州“国培计划（2025）”城乡一体化与集团化办学培训班公开报道"
local no_threshold = { zh = "结业门槛未公布，待教育局核定", en = "no threshold of completion is published; the bureau is to decide" }

return parameters {
  class_phases = {
    title = { zh = "阶段数", en = "phases" }, unit = "个",
    { from = "2025-01-01", value = 6, source = published .. "：开班仪式、理论学习、案例分享、实地观摩、交流研讨、结业典礼" },
  },
  class_days = {
    title = { zh = "到班天数", en = "days attended" }, unit = "天",
    { from = "2025-01-01", value = 7, assumed = { zh = "公布为期8天，未说明缺勤规定，按至多缺1天计",
      en = "eight days are published, no rule on absence; one missed day is assumed to be allowed" } },
  },
  day_hours = {
    title = { zh = "每天至多学时", en = "most hours of a day" }, unit = "学时",
    { from = "2025-01-01", value = 8, assumed = { zh = "学时未公布，每天至多按8学时计", en = "hours are not published; at most 8 a day are assumed" } },
  },
  class_hours_most = {
    title = { zh = "全班至多学时", en = "most hours of the class" }, unit = "学时",
    { from = "2025-01-01", value = 64, assumed = { zh = "8天，每天至多8学时", en = "eight days of at most 8 hours" } },
  },
  class_hours = {
    title = { zh = "结业学时", en = "hours for completion" }, unit = "学时",
    { from = "2025-01-01", value = 48, assumed = no_threshold },
  },
}
