-- 近五年入职: either side of the first day, and no day at all.
local attended = { { kind = "induction_attendance", since = "2018-07-16" } }
local function hired(title, day, records, expect)
  expect.rule = "recent"
  return case(title) { given = { facts = { hired = day }, records = records }, on = "2018-12-31", expect = expect }
end

return {
  hired("近五年的第一天入职", "2013-01-01", attended, { outcome = "met" }),
  hired("前一天入职：不属近五年", "2012-12-31", attended, { outcome = "unmet" }),
  hired("只写到月：2013年9月", "2013-09", attended, { outcome = "met" }),
  hired("只写到年：2013年", "2013", attended, { outcome = "met" }),
  hired("入职时间不详：无法判定", nil, attended, { outcome = "unknown" }),
  hired("没有参加培训：不适用", "2013-09", {}, { outcome = "not_applicable" }),
  case "2018年首日起适用" { given = { facts = { hired = "2012-12-31" }, records = { { kind = "induction_attendance", since = "2018-01-01" } } },
    on = "2018-01-01", expect = { rule = "recent", outcome = "unmet" } },
  leaves_open { "*.2018-01-01.from", zh = "公布的情况自2018年开始", en = "what is published begins in 2018" },
}
