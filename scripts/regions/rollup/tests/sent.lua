-- Whose document is of the day of the report has sent; an earlier one or a later one is for another day.
local function sent(title, day, outcome)
  return case(title) { on = "2025-12-31", given = { organization = { code = "某区", kind = "district" },
    records = { { kind = "trained", of = "organization", since = day, amount = 10 } } }, expect = { coverage = "sent", person = "某区", outcome = outcome } }
end
return {
  sent("当日的报告：已报送 / of the day", "2025-12-31", "met"),
  sent("前一日的报告：未报送 / of the day before", "2025-12-30", "unmet"),
  sent("次日的报告：未报送 / of the next day", "2026-01-01", "unmet"),
}
