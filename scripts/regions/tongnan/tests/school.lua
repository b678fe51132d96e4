-- Five teachers of a school: four who meet the year's result are exactly four fifths.
local function teacher(number, hours)
  return { code = "T" .. number, posts = { { organization = "一校", since = "2020-09-01" } }, records = {
    { kind = "stage", since = "2022-12-01", attributes = { value = "qualified" } },
    { kind = "course", since = "2023-06-01", amount = hours },
    { kind = "rubric", since = "2023-05-10", amount = 30, attributes = { item = "aims", sheet = "L" .. number } },
    { kind = "rubric", since = "2023-05-10", amount = 30, attributes = { item = "content", sheet = "L" .. number } },
    { kind = "rubric", since = "2023-05-10", amount = 10, attributes = { item = "process", sheet = "L" .. number } },
    { kind = "rubric", since = "2023-05-10", amount = 10, attributes = { item = "method", sheet = "L" .. number } },
    { kind = "rubric", since = "2023-05-10", amount = 10, attributes = { item = "effect", sheet = "L" .. number } } } }
end
local function five(...)
  local list = {}
  for number, hours in ipairs { ... } do list[number] = teacher(number, hours) end
  return list
end
local function try(title, kind, people, expect, on)
  expect.rule = "school_result"
  case(title) { given = { organization = { code = "一校", kind = kind }, people = people }, on = on or "2023-12-31", expect = expect }
end

try("五名教师四名达标，刚好八成", "school", five(24, 24, 24, 24, 10), { outcome = "met", had = { teachers = "4/5" } })
try("五名教师三名达标", "school", five(24, 24, 24, 10, 10), { outcome = "unmet", had = { teachers = "3/5" }, short = { teachers = "1/5" } })
try("没有梯队教师的学校：不适用", "school", { { code = "T1" } }, { outcome = "not_applicable" })
try("进修学院不是学校：不适用", "institute", five(24, 24, 24, 24, 24), { outcome = "not_applicable" })
try("2023年首日起适用", "school", five(24), { outcome = "unmet", needed = { teachers = "4/5" } }, "2023-01-01")

local function task(name, done)
  local list = { { kind = "task", since = "2023-01-10", attributes = { task = name } } }
  if done then list[2] = { kind = "task_done", since = done, attributes = { task = name } } end
  return list
end
local function plan(title, kind, on, expect, ...)
  local list = {}
  for _, one in ipairs { ... } do for _, record in ipairs(one) do list[#list + 1] = record end end
  expect.rule = "year_plan"
  case(title) { given = { cohort = { code = "2023", kind = kind }, records = list }, on = on, expect = expect }
end
plan("两项任务都完成", "plan_year", "2023-12-31", { outcome = "met" }, task("甲", "2023-03-10"), task("乙", "2023-06-28"))
plan("两项任务完成一项", "plan_year", "2023-12-31", { outcome = "unmet", had = { tasks = 1 }, needed = { tasks = 2 }, short = { tasks = 1 } },
  task("甲", "2023-03-10"), task("乙"))
plan("完成日期在判定日之后", "plan_year", "2023-06-27", { outcome = "unmet", short = { tasks = 1 } }, task("甲", "2023-03-10"), task("乙", "2023-06-28"))
plan("不是计划年度：不适用", "class", "2023-12-31", { outcome = "not_applicable" }, task("甲"))
