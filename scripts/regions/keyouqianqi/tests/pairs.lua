-- A pair is in force from its first to its last day; a school with two pairs is covered while one of them holds.
local function school(title, relations, on, outcome)
  for _, one in ipairs(relations) do
    one.kind, one.a, one.b = "pair", { organization = "受援学校17" }, { organization = one.partner or "支援学校甲" }
    one.partner = nil
  end
  return case(title) { given = { organization = { code = "受援学校17", kind = "receiving_school" }, relations = relations },
    on = on, expect = { coverage = "paired", person = "受援学校17", outcome = outcome } }
end
local function returned(title, records, outcome)
  return case(title) { given = { organization = { code = "受援学校17", kind = "receiving_school" }, records = records },
    on = "2020-12-31", expect = { coverage = "returned", person = "受援学校17", outcome = outcome } }
end

return {
  school("结对当日即覆盖", { { since = "2018-12-20" } }, "2018-12-20", "met"),
  school("结对前一日未覆盖", { { since = "2018-12-20" } }, "2018-12-19", "unmet"),
  school("终止日当日仍覆盖", { { since = "2018-12-20", till = "2020-12-31" } }, "2020-12-31", "met"),
  school("终止次日未覆盖", { { since = "2018-12-20", till = "2020-12-31" } }, "2021-01-01", "unmet"),
  school("另有一对有效：仍覆盖", { { since = "2018-12-20", till = "2020-12-31" }, { since = "2020-11-03", partner = "支援学校乙" } }, "2021-01-01", "met"),
  school("没有结对", {}, "2020-12-31", "unmet"),
  returned("已报送", { { kind = "school_return", of = "organization", since = "2020-12-02" } }, "met"),
  returned("尚未报送", { { kind = "school_return", of = "organization", since = "2021-01-02" } }, "unmet"),
}
