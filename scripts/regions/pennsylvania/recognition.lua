return recognition { id = "hours", title = { zh = "小时", en = "hours" }, unit = "hour", from = { "hour", "credit" }, {
  { as = "activity", zh = "专业活动", en = "activities", when = { kind = "activity" } },
  { as = "credit", zh = "大学学分", en = "credits", when = { kind = "credit" }, rate = P.hours_per_credit },
}, otherwise = ignore { zh = "不计入", en = "does not count" } }
