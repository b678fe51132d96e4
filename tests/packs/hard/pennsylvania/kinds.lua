return kinds {
  activity = { of = { "person" }, unit = "hour", decimals = 2, title = { zh = "专业活动", en = "professional activity" } },
  credit = { of = { "person" }, unit = "credit", decimals = 2, title = { zh = "大学学分", en = "collegiate credit" } },
}
