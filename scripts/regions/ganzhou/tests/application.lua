local named = { { kind = "job_shadowing", host = "H-02", since = "2025-04-07", till = "2025-05-06" } }

return {
  case "有一项成果转化即达到" {
    given = { enrollments = named, records = { { kind = "application", since = "2025-05-20", attributes = { work = "优化导学案设计" } } } },
    on = "2025-12-31",
    expect = { rule = "application", outcome = "met", had = { change = 1 } },
  },
  case "没有成果转化，差一项" {
    given = { enrollments = named },
    on = "2025-12-31",
    expect = { rule = "application", outcome = "unmet", short = { change = 1 } },
  },
  case "分享视频14分钟，差1分钟" {
    given = { enrollments = named, records = { { kind = "video", since = "2025-07-10", amount = 14 } } },
    on = "2025-12-31",
    expect = { rule = "sharing", outcome = "unmet", short = { video = 1 } },
  },
}
