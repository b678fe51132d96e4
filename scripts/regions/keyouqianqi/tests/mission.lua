-- The mission: three different days; the placement: five days; what is not of its kind is not concerned.
local function days(...)
  local list = {}
  for _, day in ipairs { ... } do
    table.insert(list, { kind = "mission_activity", since = ("2020-11-%02d"):format(day), attributes = { activity_form = "专题座谈" } })
  end
  return list
end
local function tried(title, kind, records, rule, expect, on)
  expect.rule = rule
  return case(title) { given = { enrollments = { { kind = kind } }, records = records }, on = on or "2020-12-31", expect = expect }
end
local function placed(days_there)
  return { { kind = "placement", since = "2019-09-16", amount = days_there } }
end

return {
  tried("三天都有活动", "mission_member", days(3, 4, 5), "mission", { outcome = "met", had = { days = 3 } }),
  tried("同一天三项活动只算一天", "mission_member", days(3, 3, 3), "mission", { outcome = "unmet", short = { days = 2 } }),
  tried("两天：差一天", "mission_member", days(3, 5), "mission", { outcome = "unmet", short = { days = 1 } }),
  tried("跟岗人员不适用", "job_shadowing", {}, "mission", { outcome = "not_applicable" }),
  tried("跟岗5天：刚好", "job_shadowing", placed(5), "placed", { outcome = "met" }),
  tried("跟岗4天：差1天", "job_shadowing", placed(4), "placed", { outcome = "unmet", short = { days = 1 } }),
  tried("跟岗天数未填：不详", "job_shadowing", placed(nil), "placed", { outcome = "unknown" }),
  tried("送研送教成员不适用", "mission_member", {}, "placed", { outcome = "not_applicable" }),
  tried("2018年首日起适用：送研送教", "mission_member", {}, "mission", { outcome = "unmet", needed = { days = 3 } }, "2018-01-01"),
  tried("2018年首日起适用：跟岗", "job_shadowing", {}, "placed", { outcome = "unmet", needed = { days = 5 } }, "2018-01-01"),
  leaves_open { "*.2018-01-01.from", zh = "协议签订于2018年12月，此前没有帮扶", en = "the agreement is of December 2018; nothing was done before" },
}
