return kinds {
  hired = { of = { "person" }, title = { zh = "参加工作", en = "hired" } },
  course = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "课程", en = "course" } },
  workshop = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "工作坊", en = "workshop" } },
  placement = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "跟岗", en = "placement" } },
  school_based = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "校本研修", en = "school-based" } },
  award = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "获奖", en = "award" } },
}
