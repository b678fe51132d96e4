return recognition { id = "credits", unit = "学分", from = "学时",
  title = { zh = "学分认定", en = "credits" }, {
  { as = "face_to_face", zh = "集中培训", en = "face-to-face training",
    when = { mode = "full_time", level = at_least "county", days = at_least(2) }, rate = P.credit_per_hour:by "level" },
  { as = "online", zh = "远程培训", en = "online training",
    when = { mode = "online", level = at_least "city" }, rate = P.credit_per_hour:by "level" },
  { as = "school_based", zh = "校本研修", en = "school-based training", when = { level = "school" }, rate = P.school_based_rate },
}, otherwise = review { zh = "不符合认定条件", en = "meets no condition of recognition" } }
