-- Published are the figures of the programme, not its thresholds. What a placement has to bring home is assumed here, below
-- what the batch achieved on average (20 lessons, 5 sessions, 10,000 characters each): the bureau sets its own values.
local published = "甘州区“红烛之光”人才项目第二批次公开报道(2025)"
local no_threshold = { zh = "门槛未公布，按本批次人均完成量以下取值，待教育局核定",
  en = "no threshold is published; set below the batch's average until the bureau decides" }

return parameters {
  placement_days = {
    title = { zh = "跟岗天数", en = "days of the placement" }, unit = "天",
    { from = "2025-01-01", value = 28, assumed = { zh = "公布为一个月，未说明天数，按四周计", en = "published as one month, no number of days; four weeks are assumed" } },
  },
  placement_observations = {
    title = { zh = "每人听课节数", en = "lessons observed by each" }, unit = "节",
    { from = "2025-01-01", value = 15, assumed = no_threshold },
  },
  placement_sessions = {
    title = { zh = "每人参加教研场数", en = "research sessions attended by each" }, unit = "场",
    { from = "2025-01-01", value = 4, assumed = no_threshold },
  },
  placement_characters = {
    title = { zh = "每人书面研修成果字数", en = "characters written by each" }, unit = "字",
    { from = "2025-01-01", value = 8000, assumed = no_threshold },
  },
  application_items = {
    title = { zh = "每人成果转化项数", en = "changes at the home school" }, unit = "项",
    { from = "2025-01-01", value = 1, source = published },
  },
  video_minutes = {
    title = { zh = "分享视频时长", en = "length of the sharing video" }, unit = "分钟",
    { from = "2025-01-01", value = 15, source = published },
  },
  nomination_qualities = {
    title = { zh = "选拔条件项数", en = "qualities asked of a candidate" }, unit = "项",
    { from = "2025-01-01", value = 4, source = published .. "：潜力大、懂业务、肯探索、善创新" },
  },
  teaching_years = {
    title = { zh = "最低教龄", en = "least years of teaching" }, unit = "年",
    { from = "2025-01-01", value = 5, assumed = { zh = "未公布教龄要求，按骨干教师通行要求取值", en = "not published; what is usual for backbone teachers" } },
  },
  age_most = {
    title = { zh = "最高年龄（周岁）", en = "greatest age" }, unit = "年",
    { from = "2025-01-01", value = 50, assumed = { zh = "公布为青年管理干部和骨干教师，未说明年龄", en = "published as young managers and backbone teachers, no age given" } },
  },
}
