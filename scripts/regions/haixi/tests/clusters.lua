-- Lead and member schools by date, and the counties that sent their return.
local function cluster(title, kind, coverage, since, till, outcome)
  return case(title) {
    given = { organization = { code = "JT", kind = "cluster" },
      relations = { { kind = kind, a = { organization = "JT" }, b = { organization = "学校01" }, since = since, till = till } } },
    on = "2025-12-31", expect = { coverage = coverage, person = "JT", outcome = outcome },
  }
end
local function county(title, records, outcome)
  return case(title) { given = { organization = { code = "某县", kind = "county_bureau" }, records = records },
    on = "2025-12-31", expect = { coverage = "returned", person = "某县", outcome = outcome } }
end

return {
  cluster("当日起有牵头校", "lead", "led", "2025-12-31", nil, "met"),
  cluster("次日才成立：仍是拟成立", "lead", "led", "2026-01-01", nil, "unmet"),
  cluster("牵头到前一日为止", "lead", "led", "2022-09-01", "2025-12-30", "unmet"),
  cluster("有成员校", "member", "joined", "2022-09-01", nil, "met"),
  cluster("只有牵头校，没有成员校", "lead", "joined", "2022-09-01", nil, "unmet"),
  county("已报送", { { kind = "cluster_return", of = "organization", since = "2025-11-20" } }, "met"),
  county("次年才报送", { { kind = "cluster_return", of = "organization", since = "2026-01-05" } }, "unmet"),
  county("未报送", {}, "unmet"),
}
