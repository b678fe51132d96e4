-- 区委定方向, 政府配经费, 教育局抓落实. Of the first batch nothing but its being there is published.
return programmes {
  {
    code = "HZZG", name = "“红烛之光”人才项目", kind = "talent_programme", level = "county", organization = "GZ-JYJ",
    cohorts = {
      { code = "HZZG-2", name = "第二批次（2025年）", kind = "batch", organization = "GZ-JYJ",
        since = "2025-03-01", till = "2025-12-31", attributes = { number = 2, months = 1 } },
    },
  },
}
