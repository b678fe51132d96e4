return {
  period { id = "cycle", starts = "2020-01-01", lasts = { years = 2 } },
  period { id = "early", starts = "2020-01-01", lasts = { years = 1 }, spanning = "starts" },
  period { id = "shared", starts = "2020-09-01", lasts = { years = 1 }, spanning = "split" },
  period { id = "own", starts = fact "hired", lasts = { years = 1 }, repeats = false },
}
