case "非全职 / part-time" { on = "2026-01-31", given = { records = {
    { kind = "share_of_post", since = "2025-09-01", attributes = { value = "2/5" } },
    { kind = "course", mode = "offline", since = "2025-10-01", amount = 10 },
    { kind = "course", mode = "online", since = "2025-10-01", amount = 2 },
    { kind = "lecture", since = "2025-10-01" }, { kind = "lecture", since = "2025-11-01" }, { kind = "lecture", since = "2025-12-01" } } },
  expect = { rule = "hours", outcome = "unmet", had = { all = 18 }, needed = { all = 20 } } }
