-- Every figure of the annual report. Counts are counts of rows; 余 多 近 and 至少 are printed where they were published so.
local exactly = { exact = true }
local function figure(from, where, unit, measure, zh, en, more)
  local f = { of = "organization", from = from, where = where, unit = unit, measure = measure, title = { zh = zh, en = en }, style = exactly }
  for key, value in pairs(more or {}) do f[key] = value end
  return f
end
local function share(part, whole, zh, en, said_zh, said_en)
  return { of = "organization", title = { zh = zh, en = en }, measure = { share = part, of = whole }, definition = { zh = said_zh, en = said_en } }
end
local function sum(one, other, unit, zh, en)
  return { of = "organization", title = { zh = zh, en = en }, unit = unit, measure = { plus = { one, other } }, style = { word = "至少" },
    definition = { zh = "公布时列名者之外另有“等”字，故为下限", en = "the published list ends in “and others”: a lower bound" } }
end
local function declared(audience, zh, en, style)
  return figure("record", { kind = "declared", audience = audience }, "人", { sum = "amount" }, zh, en,
    { style = style, definition = { zh = "申报数，无名单可计", en = "declared: there is no list to count" } })
end
local function others(zh, en)
  return { of = "organization", title = { zh = zh, en = en }, unit = "人", style = { exact = true, word = "至少" },
    measure = { value = 0, bound = "at_least", source = "潼南区公开报道（2023年）：列名之后有“等”字" } }
end
local attendances = { distinct = { "person", "course", "since" } } -- a row written twice is no second attendance
local awards = { distinct = { "person", "certificate" } }
local once = { zh = "一人只计一次", en = "each counted once" }
local function staff(kind) return { kind = kind, ["school.kind"] = "institute" } end
local function honoured(value) return { kind = "honour", level = "national", value = value } end
local in_schools = { kind = "award", level = at_least "city", ["school.kind"] = "school" }
local contest = { kind = "award", contest = "教学竞赛（2022年）" }

local function rating(competence, zh, en)
  return figure("record", { kind = "competence", competence = competence }, "分", { max = "amount" }, zh, en)
end

return figures {
  -- 1 3 5 6 8
  levels = figure("organization", { kind = { "bureau", "institute", "school" } }, "级", { distinct = "kind" }, "责任层级", "levels of responsibility"),
  stages = figure("record", { kind = "stage" }, "级", { distinct = "value" }, "梯队层级", "stages of the ladder"),
  competences = figure("record", { kind = "competence" }, "项", { distinct = "competence" }, "培训师能力", "competences of trainers"),
  plans = figure("programme", { kind = "action_plan" }, "项", "count", "行动计划", "action plans"),
  themes = figure("cohort", { kind = "plan_year" }, "项", { distinct = "theme" }, "年度主题", "themes of the years"),

  -- ladder
  teachers = figure("person", { ["fact.stage.value"] = any }, "人", "count", "梯队教师", "teachers on the ladder", { definition = once }),
  ready = figure("decision", { rule = "next_stage", outcome = "met" }, "人", { distinct = "person" }, "具备晋级条件", "ready for the next stage"),
  unready = figure("decision", { rule = "next_stage", outcome = "unmet" }, "人", { distinct = "person" }, "尚有欠缺", "something is missing"),

  -- action plans
  members = figure("enrollment", { kind = "plan_member" }, "人", { distinct = "person" }, "纳入行动计划教师", "members of action plans", { definition = once }),
  places = figure("enrollment", { kind = "plan_member" }, "人次", { distinct = { "person", "cohort" } }, "行动计划参与", "memberships in action plans",
    { definition = { zh = "一人参加几项计划计几人次", en = "who is in several plans counts in each" } }),

  -- three-year plan
  tasks = figure("record", { kind = "task" }, "项", "count", "计划任务", "tasks planned"),
  tasks_done = figure("record", { kind = "task_done" }, "项", "count", "已完成任务", "tasks done"),
  tasks_share = share("tasks_done", "tasks", "计划完成率", "share of tasks done", "已完成任务 ÷ 计划任务", "tasks done ÷ tasks planned"),

  -- trainers
  trainers = figure("enrollment", { kind = "plan_member", ["cohort.code"] = "TN-XD4-2023" }, "人", { distinct = "person" }, "在培培训师", "trainers in training"),
  trainers_complete = figure("decision", { rule = "trainer", outcome = "met" }, "人", { distinct = "person" }, "六项能力均达标", "all six competences"),
  trainers_share = share("trainers_complete", "trainers", "六项达标率", "share with all six", "六项能力均达标的培训师 ÷ 在培培训师", "trainers with all six ÷ trainers in training"),
  competence_mean = figure("record", { kind = "competence" }, "分", { mean = "amount", round = { way = "half", step = "0.1" } }, "能力评定均分", "mean rating"),
  of_design = rating("design", "设计", "design"), of_organization = rating("organization_of", "组织", "organization"),
  of_teaching = rating("teaching", "教学", "teaching"), of_guidance = rating("guidance", "指导", "guidance"),
  of_evaluation = rating("evaluation", "评价", "evaluation"), of_research = rating("research", "研究", "research"),

  -- teaching quality, training, schools
  lessons = figure("record", { kind = "rubric" }, "节", { distinct = "sheet" }, "评价课", "lessons rated"),
  rated = figure("record", { kind = "rubric" }, "人", { distinct = "person" }, "接受评价教师", "teachers rated", { definition = once }),
  excellent = figure("decision", { rule = "teaching_excellent", outcome = "met" }, "人", { distinct = "person" }, "优秀", "excellent"),
  passed = figure("decision", { rule = "teaching_excellent", outcome = "unmet" }, "人", { distinct = "person" }, "合格", "passed",
    { definition = { zh = "合格而未达优秀", en = "passed without being excellent" } }),
  failed = figure("decision", { rule = "teaching_quality", outcome = "unmet" }, "人", { distinct = "person" }, "不合格", "not passed"),
  hours = figure("record", { kind = "course" }, "学时", { sum = "amount" }, "选课学时", "hours of courses"),
  courses = figure("record", { kind = "course" }, "人次", attendances, "选课", "courses taken"),
  courses_chosen = figure("record", { kind = "course", chosen = true }, "人次", attendances, "自主选课", "courses chosen by the teacher"),
  chosen_share = share("courses_chosen", "courses", "自主选课率", "share chosen by teachers", "自主选课人次 ÷ 选课人次", "courses chosen ÷ courses taken"),
  teachers_met = figure("decision", { rule = "year_result", outcome = "met" }, "人", { distinct = "person" }, "年度考核达标教师", "teachers who met the year's result"),
  teachers_share = share("teachers_met", "teachers", "教师达标率", "share of teachers", "年度考核达标教师 ÷ 梯队教师", "teachers who met it ÷ teachers on the ladder"),
  schools = figure("organization", { kind = "school" }, "所", "count", "基层学校", "schools"),
  schools_met = figure("decision", { rule = "school_result", outcome = "met" }, "所", "count", "达标学校", "schools that met the result"),
  schools_share = share("schools_met", "schools", "学校达标率", "share of schools", "达标学校 ÷ 基层学校", "schools that met it ÷ schools"),
  schools_sent = figure("decision", { rule = "sent", outcome = "met" }, "所", "count", "已报送学校", "schools that sent"),
  sent_share = share("schools_sent", "schools", "报送率", "share of schools that sent", "已报送学校 ÷ 基层学校", "schools that sent ÷ schools"),

  -- school-based cases
  cases = figure("record", { kind = "case_step", step = "raised" }, "个", { distinct = "case_no" }, "提出的案例", "cases raised"),
  cases_formed = figure("record", { kind = "case_step", step = "formed" }, "个", { distinct = "case_no" }, "形成的案例", "cases formed"),
  cases_share = share("cases_formed", "cases", "案例形成率", "share of cases formed", "形成的案例 ÷ 提出的案例", "cases formed ÷ cases raised"),
  case_reached = figure("record", { kind = "case_step" }, "个", { distinct = "case_no" }, "到达该步骤的案例", "cases that reached the step"),
  case_steps = figure("record", { kind = "case_step" }, "步", { distinct = "step" }, "案例步骤", "steps of a case"),
  case_actors = figure("record", { kind = "case_step" }, "方", { distinct = "actor" }, "案例办理主体", "actors of a case"),
  cases_in_order = figure("decision", { rule = "cases", outcome = "unmet" }, "所", "count", "流程不合顺序的学校", "schools with steps out of order"),

  -- results as published
  programming = figure("enrollment", { kind = "trainee", ["cohort.code"] = "TN-BC-2306" }, "人", { distinct = "person" }, "编程教育培训", "programming-education class",
    { style = {}, definition = once }),
  papers = figure("record", { kind = "paper", level = at_least "province" }, "篇", { distinct = "work" }, "省级以上刊物论文", "papers in national and provincial journals",
    { definition = { zh = "一篇论文几人合著只计一篇", en = "a paper of several authors counts once" } }),
  authors = figure("record", { kind = "paper", level = at_least "province" }, "人", { distinct = "person" }, "论文作者", "authors", { definition = once }),
  staff_awards = figure("record", staff "award", "人次", awards, "学院教职工获奖", "awards to the institute's staff"),
  staff_awarded = figure("record", staff "award", "人", { distinct = "person" }, "学院获奖教职工", "staff with an award", { definition = once }),
  teachers_awarded = figure("record", in_schools, "人", { distinct = "person" }, "获国家级、市级奖励教师", "teachers with national or city awards",
    { style = { word = "近" }, definition = once }),
  teacher_awards = figure("record", in_schools, "人次", awards, "教师获国家级、市级奖励", "national and city awards of teachers"),
  students_awarded = declared("获奖学生", "获奖学生", "students with awards", { word = "多" }),
  mayor_prize = declared("科技创新市长奖", "获科技创新市长奖学生", "students with the city mayor's prize for science", exactly),
  declared_numbers = figure("record", { kind = "declared" }, "人", { sum = "amount" }, "申报人数", "people declared",
    { style = { word = "多" }, definition = { zh = "申报数，无名单可计", en = "declared: there is no list to count" } }),
  smart_schools = figure("record", { kind = "smart_campus" }, "所", { distinct = "organization" }, "智慧校园建设示范学校", "smart-campus demonstration schools"),
  smart_named = figure("record", { kind = "smart_campus", named = true }, "所", { distinct = "organization" }, "其中公布校名", "of which named"),
  contest_people = figure("record", contest, "人", { distinct = "person" }, "2022年教学竞赛获奖教师", "teachers with awards in the contest of 2022", { definition = once }),
  contest_awards = figure("record", contest, "项", awards, "2022年教学竞赛奖项", "awards in the contest of 2022"),
  achievements = figure("record", { kind = "achievement", level = "city", prize = "二等奖" }, "项", "count", "市级教学成果奖二等奖", "city teaching-achievement awards, second class"),
  workers_named = figure("record", honoured "全国先进工作者", "人", { distinct = "person" }, "全国先进工作者（列名）", "national model workers, named"),
  workers_others = others("全国先进工作者（未列名）", "national model workers, not named"),
  workers = sum("workers_named", "workers_others", "人", "全国先进工作者", "national model workers"),
  excellent_named = figure("record", honoured "全国优秀教师", "人", { distinct = "person" }, "全国优秀教师（列名）", "national excellent teachers, named"),
  excellent_others = others("全国优秀教师（未列名）", "national excellent teachers, not named"),
  excellent_teachers = sum("excellent_named", "excellent_others", "人", "全国优秀教师", "national excellent teachers"),
}
