-- What the roster of this programme says about each placement.
return kinds {
  job_shadowing = {
    type = "enrollment",
    title = { zh = "跟岗研修", en = "job shadowing" },
    attributes = {
      place = { type = "text", title = { zh = "研修地区", en = "place" } },
      theme = { type = "text", title = { zh = "研修主题", en = "theme" }, words = { "课堂", "管理", "技术" } },
      plan = { type = "text", title = { zh = "一人一案", en = "tailored plan" } },
    },
  },
}
