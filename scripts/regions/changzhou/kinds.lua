return kinds {
  hired = { of = { "person" }, title = { zh = "参加工作", en = "hired" } },
  birth = { of = { "person" }, title = { zh = "出生", en = "birth" } },
  honour = { of = { "person" }, title = { zh = "荣誉称号", en = "honour" }, attributes = {
    honour_title = { type = "text", title = { zh = "称号", en = "title" }, words = { "教学能手", "教坛新秀", "骨干教师", "特级教师" } } } },
  youth_programme = { of = { "person" }, title = { zh = "青年教师培养", en = "youth programme" } },
  absence = { of = { "enrollment" }, amount = "none", title = { zh = "无故缺勤", en = "absence without reason" } },
  job_shadowing = { type = "programme", title = { zh = "跟岗研修", en = "job shadowing" } },
  shadowing = { type = "enrollment", title = { zh = "跟岗", en = "placement" },
    attributes = {
      applied_on = { type = "date", title = { zh = "申报日期", en = "applied on" } },
      application_no = { type = "text", title = { zh = "申报编号", en = "application number" } } } },
  mentor = { type = "relation", title = { zh = "导师", en = "mentor" } },
}
