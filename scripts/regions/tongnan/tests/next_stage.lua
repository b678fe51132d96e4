-- For each stage: exactly enough, and each need short by one with the others kept.
local stages = {
  { "new", "新教师", years = 1, hours = 24, quality = 60, hired = "2022-12-31", late = "2023-01-01" },
  { "qualified", "合格教师", years = 5, hours = 36, quality = 75, papers = 1, hired = "2018-12-31", late = "2019-01-01" },
  { "backbone", "骨干教师", years = 10, hours = 48, quality = 85, papers = 2, awards = 1, hired = "2013-12-31", late = "2014-01-01" },
  { "master", "名优教师", years = 15, hours = 60, quality = 90, papers = 3, awards = 2, hired = "2008-12-31", late = "2009-01-01" },
}
local day = "2023-12-31"

local function given(stage, less, on, hired)
  less = less or {}
  local list = { { kind = "stage", since = "2022-12-01", attributes = { value = stage[1] } },
    { kind = "course", since = on, amount = stage.hours - (less.hours or 0) },
    { kind = "rubric", since = on, amount = stage.quality - 40 - (less.quality or 0), attributes = { item = "process", sheet = "LB1" } },
    { kind = "rubric", since = on, amount = 40, attributes = { item = "effect", sheet = "LB1" } },
    -- neither a paper of the city nor an award of the district counts
    { kind = "paper", since = "2022-05-01", level = "city", attributes = { work = "LW0" } },
    { kind = "award", since = "2022-05-01", level = "county" } }
  for k = 1, (stage.papers or 0) - (less.papers or 0) do
    list[#list + 1] = { kind = "paper", since = "2022-05-01", level = "province", attributes = { work = "LW" .. k } }
  end
  for _ = 1, (stage.awards or 0) - (less.awards or 0) do list[#list + 1] = { kind = "award", since = "2022-05-01", level = "city" } end
  return { facts = { hired = hired or stage.hired }, records = list }
end
local function try(title, what, on, expect)
  expect.rule = "next_stage"
  case(title) { given = what, on = on, expect = expect }
end

for _, stage in ipairs(stages) do
  local name = stage[2]
  try(name .. "：各项刚好达到", given(stage, nil, day), day, { outcome = "met", had = { years = stage.years, hours = stage.hours, quality = stage.quality } })
  try(name .. "：差一天满教龄", given(stage, nil, day, stage.late), day, { outcome = "unmet", short = { years = 1, hours = 0, quality = 0 } })
  try(name .. "：学时和得分各差一，分别列出", given(stage, { hours = 1, quality = 1 }, day), day, { outcome = "unmet", short = { hours = 1, quality = 1 } })
  if stage.papers then try(name .. "：论文差一篇", given(stage, { papers = 1 }, day), day, { outcome = "unmet", short = { papers = 1 } }) end
  if stage.awards then try(name .. "：获奖差一项", given(stage, { awards = 1 }, day), day, { outcome = "unmet", short = { awards = 1 } }) end
  try(name .. "：没有听课评价，得分为零", { facts = { hired = stage.hired }, records = { { kind = "stage", since = "2022-12-01", attributes = { value = stage[1] } } } },
    day, { outcome = "unmet", had = { quality = 0 }, short = { quality = stage.quality } })
  try(name .. "：2023年首日起适用", { facts = { hired = stage.hired }, records = { { kind = "stage", since = "2022-12-01", attributes = { value = stage[1] } } } },
    "2023-01-01", { outcome = "unmet", needed = { years = stage.years, hours = stage.hours, quality = stage.quality, papers = stage.papers, awards = stage.awards } })
end

try("教育家型教师没有下一层级", { records = { { kind = "stage", since = "2022-12-01", attributes = { value = "educator" } } } }, day, { outcome = "not_applicable" })
try("层级以最近一次认定为准", { facts = { hired = "2010-09-01" }, records = { { kind = "stage", since = "2015-12-01", attributes = { value = "qualified" } },
  { kind = "stage", since = "2022-12-01", attributes = { value = "backbone" } } } }, day, { outcome = "unmet", needed = { years = 10 } })
try("认定之前按原层级", { facts = { hired = "2010-09-01" }, records = { { kind = "stage", since = "2015-12-01", attributes = { value = "qualified" } },
  { kind = "stage", since = "2023-12-01", attributes = { value = "backbone" } } } }, "2023-11-30", { outcome = "unmet", needed = { years = 5 } })
try("一篇论文两次登记只算一篇", { facts = { hired = "2010-09-01" }, records = { { kind = "stage", since = "2022-12-01", attributes = { value = "backbone" } },
  { kind = "paper", since = "2022-05", level = "national", attributes = { work = "LW1" } },
  { kind = "paper", since = "2022-06", level = "province", attributes = { work = "LW1" } } } }, day, { outcome = "unmet", had = { papers = 1 }, short = { papers = 1 } })
try("参加工作时间不详：教龄无法判定", { records = given(stages[1], nil, day).records }, day, { outcome = "unknown" })

leaves_open { "stage_*.2023-01-01.from", zh = "计划自2023年开始，此前不作判定", en = "the plan begins in 2023; nothing is decided before" }
