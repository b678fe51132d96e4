local placed = { { kind = "job_shadowing", host = "H-03", since = "2025-04-07", till = "2025-05-06" } }

local function nominated(...)
  local list = { { kind = "position", of = "person", since = "2016-09", attributes = { value = "教务主任" } } }
  for _, quality in ipairs { ... } do
    list[#list + 1] = { kind = "nomination", since = "2025-03-10", attributes = { quality = quality } }
  end
  return list
end

return {
  case "四项条件齐全，教龄和年龄符合" {
    given = { enrollments = placed, facts = { hired = "2008-09-01", birth = "1986-11-02" },
      records = nominated("潜力大", "懂业务", "肯探索", "善创新") },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "met", had = { qualities = 4 } },
  },
  case "缺一项推荐条件" {
    given = { enrollments = placed, facts = { hired = "2008-09-01", birth = "1986-11-02" },
      records = nominated("潜力大", "懂业务", "肯探索") },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "unmet", short = { qualities = 1 } },
  },
  case "同一条件推荐两次只算一项" {
    given = { enrollments = placed, facts = { hired = "2008-09-01", birth = "1986-11-02" },
      records = nominated("潜力大", "懂业务", "肯探索", "潜力大") },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "unmet", short = { qualities = 1 } },
  },
  case "出生只写到月，足以判断年龄" {
    given = { enrollments = placed, facts = { hired = "2008-09", birth = "1986-11" },
      records = nominated("潜力大", "懂业务", "肯探索", "善创新") },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "met" },
  },
  case "参加工作时间不详：教龄无法判定" {
    given = { enrollments = placed, facts = { birth = "1986-11" }, records = nominated("潜力大", "懂业务", "肯探索", "善创新") },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "unknown" },
  },
  case "教龄满5年、满50岁的最后一天：符合" {
    given = { enrollments = placed, facts = { hired = "2020-04-01", birth = "1974-04-02" },
      records = nominated("潜力大", "懂业务", "肯探索", "善创新") },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "met", had = { teaching = 5, age = 50 }, needed = { qualities = 4, teaching = 5, age = 50 } },
  },
  case "教龄差一天满5年、51岁、既无职务也非骨干：三项各自列出" {
    given = { enrollments = placed, facts = { hired = "2020-04-02", birth = "1974-04-01" } },
    on = "2025-04-01",
    expect = { rule = "eligibility", outcome = "unmet", short = { qualities = 4, teaching = 1, age = 1 } },
  },
  case "2025年首日起适用" {
    given = { enrollments = placed, facts = { hired = "2020-04-02", birth = "1970-04-01" } },
    on = "2025-01-01",
    expect = { rule = "eligibility", outcome = "unmet", needed = { qualities = 4, teaching = 5, age = 50 } },
  },
}
