-- Units of this plan as English texts print them.
return units {
  ["人次"] = { en = "person-times" },
  ["级"] = { en = "levels" },
  ["分"] = { en = "points" },
  ["步"] = { en = "steps" },
  ["方"] = { en = "actors" },
}
