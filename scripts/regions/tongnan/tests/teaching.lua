local staged = { kind = "stage", since = "2022-12-01", attributes = { value = "qualified" } }
local five = { "aims", "content", "process", "method", "effect" }
local function lesson(sheet, scores, on)
  local list = { staged }
  for at, score in ipairs(scores) do
    list[#list + 1] = { kind = "rubric", since = on or "2023-05-10", amount = score, attributes = { item = five[at], sheet = sheet } }
  end
  return list
end
local function with(list, more)
  for _, one in ipairs(more) do list[#list + 1] = one end
  return list
end
local function course(hours, on) return { { kind = "course", since = on or "2023-06-01", amount = hours } } end
local function try(title, rule, records, expect, on)
  expect.rule = rule
  case(title) { given = { records = records }, on = on or "2023-12-31", expect = expect }
end

try("五项合计60分：合格", "teaching_quality", lesson("LB1", { 9, 12, 18, 9, 12 }), { outcome = "met", gives = { score = 60 } })
try("合计59分：差1分", "teaching_quality", lesson("LB1", { 9, 12, 17, 9, 12 }), { outcome = "unmet", short = { score = 1 } })
try("两节课取平均：58分和63分", "teaching_quality", with(lesson("LB1", { 9, 12, 16, 9, 12 }), lesson("LB2", { 9, 12, 21, 9, 12 })),
  { outcome = "met", gives = { score = "60.5" } })
try("只评了四项：项目不齐，分数再高也不合格", "teaching_quality", lesson("LB1", { 15, 20, 30, 15 }), { outcome = "unmet", short = { items = 1, score = 0 } })
try("当年没有听课评价：不适用", "teaching_quality", { staged }, { outcome = "not_applicable" })
try("上一年的评价不带入", "teaching_quality", lesson("LB1", { 9, 12, 18, 9, 12 }), { outcome = "not_applicable" }, "2024-12-31")
try("2023年首日起适用：量表", "teaching_quality", lesson("LB1", { 1 }, "2023-01-01"), { outcome = "unmet", needed = { items = 5, score = 60 } }, "2023-01-01")

try("选课24学时：达到", "year_training", with({ staged }, course(24)), { outcome = "met" })
try("选课23.5学时：差半学时", "year_training", with({ staged }, course("23.5")), { outcome = "unmet", short = { hours = "0.5" } })
try("上一年的学时不带入", "year_training", with({ staged }, course(30)), { outcome = "unmet", had = { hours = 0 } }, "2024-12-31")
try("不在梯队的人员：不适用", "year_training", course(30), { outcome = "not_applicable" })
try("2023年首日起适用：学时", "year_training", { staged }, { outcome = "unmet", needed = { hours = 24 } }, "2023-01-01")

try("培训与考核都达到", "year_result", with(lesson("LB1", { 9, 12, 18, 9, 12 }), course(24)), { outcome = "met" })
try("只有培训", "year_result", with({ staged }, course(24)), { outcome = "unmet" })
try("只有考核", "year_result", lesson("LB1", { 9, 12, 18, 9, 12 }), { outcome = "unmet" })
try("不在梯队的人员不作年度考核", "year_result", course(30), { outcome = "not_applicable" })

try("90分：优秀", "teaching_excellent", lesson("LB1", { 13, 18, 27, 14, 18 }), { outcome = "met" })
try("89分：合格而未达优秀", "teaching_excellent", lesson("LB1", { 13, 18, 26, 14, 18 }), { outcome = "unmet", short = { score = 1 } })
try("不合格者不评优秀", "teaching_excellent", lesson("LB1", { 15, 20, 30, 15 }), { outcome = "not_applicable" })
try("2023年首日起适用：优秀", "teaching_excellent", lesson("LB1", { 9, 12, 18, 9, 12 }, "2023-01-01"), { outcome = "unmet", needed = { score = 90 } }, "2023-01-01")
