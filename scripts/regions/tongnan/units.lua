-- Units of this plan as English texts print them.
return units {
  ["级"] = { en = "levels", one = "level" },
  ["分"] = { en = "points", one = "point" },
  ["步"] = { en = "steps", one = "step" },
  ["方"] = { en = "actors", one = "actor" },
}
