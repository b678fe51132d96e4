-- The rule itself is tried where hours are kept: the packs of provinces do that. Here: a ledger that does not keep them
-- decides nothing about them.
return case "台账不登记学时，不作五年周期认定" {
  given = {
    facts = { hired = "2012-09-01" },
    records = { { kind = "training", since = "2023-07-10", till = "2023-07-14", amount = 40, level = "county" } },
  },
  on = "2025-12-31",
  expect = { rule = "in_service", outcome = "not_applicable" },
}
