local function paper(day, level, work) return { kind = "paper", level = level, since = day, attributes = { work = work } } end
case "同一篇论文获县、市、省三级奖，只计省级 / a paper honoured by county, city and province counts as the province's" {
  given = { records = { paper("2021-03-01", "county", "A"), paper("2021-06-01", "city", "A"), paper("2021-09-01", "province", "A"),
    paper("2022-03-01", "city", "B") } },
  on = "2024-12-31", expect = { rule = "papers", outcome = "met", had = { papers = 7 } } }
case "两篇不同的县级论文都计 / two different papers both count" {
  given = { records = { paper("2021-03-01", "county", "A"), paper("2021-06-01", "county", "B") } },
  on = "2024-12-31", expect = { rule = "papers", outcome = "unmet", had = { papers = 2 }, short = { papers = 5 } } }
-- The turn of the period, and what is no paper.
local function boundary(title, on, records, expect)
  expect.rule = "papers"
  case(title) { given = { records = records }, on = on, expect = expect }
end
boundary("周期首日计入 / the first day counts", "2024-12-31", { paper("2020-01-01", "city", "A") }, { outcome = "unmet", had = { papers = 2 } })
boundary("次一周期不带入 / the next period begins anew", "2025-01-01", { paper("2024-12-31", "city", "A") }, { outcome = "unmet", had = { papers = 0 } })
boundary("无奖的发言不计 / a talk is no paper", "2024-12-31", { { kind = "talk", since = "2021-01-01" } }, { outcome = "unmet", had = { papers = 0 } })
boundary("级别在先，学分在后 / by its level, not by its credits", "2024-12-31", { paper("2023-12-31", "province", "A"), paper("2024-01-01", "city", "A") },
  { outcome = "unmet", had = { papers = 5 } })
boundary("2024年起的学分 / credits from 2024 on", "2024-12-31",
  { paper("2024-01-01", "province", "A"), paper("2024-01-01", "city", "B"), paper("2024-01-01", "county", "C"), paper("2023-12-31", "county", "D") },
  { outcome = "met", had = { papers = 19 } })
