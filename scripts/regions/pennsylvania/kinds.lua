return kinds {
  activity = { of = { "person" }, unit = "hour", decimals = 2, title = { zh = "专业活动", en = "professional activity" } },
  service = { of = { "person" }, unit = "hour", decimals = 2, title = { zh = "其他服务", en = "other service" } },
  credit = { of = { "person" }, unit = "credit", decimals = 2, title = { zh = "大学学分", en = "collegiate credit" } },
}
