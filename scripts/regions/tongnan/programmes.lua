-- Eight action plans, the three-year plan with a theme a year, and the class in programming of June 2023.
local list = {}
for at, name in ipairs { "五年周期全员培训", "乡村振兴教师支持", "名优教师梯队培养", "教师培训师培养", "校园长办学治校能力提升", "紧缺学科支持",
  "双师型教师培养", "特殊教育提升" } do
  local code = "TN-XD" .. at
  list[at] = { code = code, name = name .. "行动计划", kind = "action_plan", organization = "TN-JXXY",
    cohorts = { { code = code .. "-2023", name = name, kind = "plan_cycle", organization = "TN-JXXY", since = "2023-01-01", till = "2025-12-31" } } }
end
local themes = { "教职工素质能力提升年", "学校研训文化培育年", "教师教育品牌展示年" }
local years = {}
for at, theme in ipairs(themes) do
  local year = tostring(2022 + at)
  years[at] = { code = "TN-" .. year, name = "三年计划" .. year .. "年度", kind = "plan_year", organization = "TN-JXXY", since = year .. "-01-01",
    till = year .. "-12-31", attributes = { theme = theme } }
end
list[#list + 1] = { code = "TN-SNJH", name = "三年行动计划（2023—2025年）", kind = "three_year_plan", organization = "TN-JYW", since = "2023-01-01",
  till = "2025-12-31", cohorts = years }
list[#list + 1] = { code = "TN-BC", name = "编程教育培训", kind = "training_programme", level = "county", organization = "TN-JXXY",
  cohorts = { { code = "TN-BC-2306", name = "编程教育培训班（2023年6月）", kind = "class", organization = "TN-JXXY", since = "2023-06", till = "2023-06" } } }
return programmes(list)
