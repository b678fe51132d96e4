-- The annual report of the district: the 13568 plan, the three-year plan, and every figure published about their results.
local function col(zh, en, value) return { title = { zh = zh, en = en }, value = value } end
local function by(path, zh, en, figures, more)
  local t = { title = { zh = zh, en = en }, by = path, figures = figures, total = true }
  for key, value in pairs(more or {}) do t[key] = value end
  return table(t)
end
local year = { zh = "年度", en = "year" }
local function h1(zh, en) return heading { level = 1, zh = zh, en = en } end
local function h2(zh, en) return heading { level = 2, zh = zh, en = en } end

return report {
  id = "annual", of = "organization", style = "published",
  title = { zh = "潼南区教师队伍“13568”建设年度报告", en = "The 13568 plan for the teachers of Tongnan: annual report" },
  blocks = {
    h1("一、总体情况", "1. Overview"),
    paragraph { zh = "全区以“为全区教师专业发展服务”为宗旨，落实区教委、区进修学院、基层学校{levels}责任，建设新教师、合格教师、骨干教师、名优教师、教育家型教师{stages}梯队，培养培训师设计、组织、教学、指导、评价、研究{competences}能力，实施{plans}行动计划。",
      en = "One purpose, the professional growth of all teachers; {levels:value} levels of responsibility (committee, institute, schools); a ladder of {stages:value} stages; {competences:value} competences of trainers; {plans:value} action plans." },
    key_figures { "teachers", "plans", "programming", "papers", "staff_awards", "teachers_awarded", "students_awarded", "smart_schools", "tasks_share" },

    h1("二、教师成长梯队", "2. The ladder"),
    paragraph { zh = "在册梯队教师{teachers}，其中具备晋升下一层级条件{ready}，尚有欠缺{unready}；每名教师还差什么见个人档案。文中“青年教师”即合格教师，“卓越教师”即教育家型教师。",
      en = "{teachers:value} teachers stand on the ladder; {ready:value} are ready for the next stage, {unready:value} still lack something, which each one's transcript shows." },
    by("fact.stage.value", "各层级教师", "teachers by stage", { "teachers", "ready", "unready" }),
    chart { kind = "column", title = { zh = "各层级教师人数", en = "teachers by stage" }, by = "fact.stage.value", figure = "teachers" },
    by("school", "各校梯队教师", "teachers by school", { "teachers", "ready" }),

    h1("三、行动计划与年度主题", "3. Action plans and the three years"),
    h2("（一）八项行动计划", "(1) Eight action plans"),
    paragraph { zh = "纳入行动计划的教师{members}，共{places}；一人可参加多项计划，人数与人次不相加。",
      en = "{members:value} people are members of the plans, with {places:value} memberships; people and memberships are never added." },
    by("programme", "各行动计划参与情况", "members by plan", { "members", "places" }),
    chart { kind = "bar", title = { zh = "各行动计划人数", en = "members by plan" }, by = "programme", figure = "members" },
    h2("（二）三年计划进展", "(2) Progress of the three-year plan"),
    paragraph { zh = "三年计划（2023—2025年）每年一个主题，共{themes}。分解任务{tasks}，已完成{tasks_done}，完成率{tasks_share}（已完成任务÷计划任务）。",
      en = "The plan of 2023 to 2025 has a theme for each year. Of {tasks:value} tasks {tasks_done:value} are done: {tasks_share} (tasks done ÷ tasks planned)." },
    table { title = { zh = "年度主题", en = "themes of the years" }, from = "cohort", where = { kind = "plan_year" }, order = { "code" },
      columns = { col("年度", "year", "name"), col("主题", "theme", "theme") } },
    by("cohort", "各年度计划与完成", "planned and done by year", { "tasks", "tasks_done", "tasks_share" }, { by_title = year }),
    chart { kind = "column", title = { zh = "各年度计划与完成", en = "planned and done by year" }, by = "cohort", by_title = year, figures = { "tasks", "tasks_done" } },

    h1("四、培训师队伍", "4. Trainers"),
    paragraph { zh = "在培培训师{trainers}，六项能力均达标{trainers_complete}，达标率{trainers_share}（六项均达标人数÷在培人数）。",
      en = "Of {trainers:value} trainers {trainers_complete:value} have all six competences: {trainers_share} (trainers with all six ÷ trainers in training)." },
    chart { kind = "bar", title = { zh = "六项能力评定均分", en = "mean rating of each competence" }, by = "competence", figure = "competence_mean" },
    by("person", "培训师六项能力评定", "ratings of each trainer", { "of_design", "of_organization", "of_teaching", "of_guidance", "of_evaluation", "of_research" }, { total = false }),
    table { title = { zh = "尚未六项达标的培训师", en = "trainers who lack a competence" }, from = "decision", where = { rule = "trainer", outcome = "unmet" }, order = { "person.code" },
      columns = { col("编号", "code", "person.code"), col("还差", "missing", "missing") } },

    h1("五、培训与考核", "5. Training and assessment"),
    h2("（一）自主选课", "(1) Courses"),
    paragraph { zh = "教师线上线下混合选课{courses}，共{hours}，其中自主选课{courses_chosen}，自主选课率{chosen_share}（自主选课人次÷选课人次）。",
      en = "Teachers took {courses:value} courses, {hours:value} hours in all; {courses_chosen:value} of them were their own choice: {chosen_share} (courses chosen ÷ courses taken)." },
    by("mode", "按学习方式", "by mode", { "courses", "hours" }),
    h2("（二）教学质量评价", "(2) Teaching quality"),
    paragraph { zh = "用《教师教学质量评价量表》评课{lessons}，评价教师{rated}：优秀{excellent}，合格{passed}，不合格{failed}。",
      en = "{lessons:value} lessons of {rated:value} teachers were rated: {excellent:value} excellent, {passed:value} passed, {failed:value} not passed." },
    h2("（三）学校考核", "(3) Schools"),
    paragraph { zh = "培训与考核结果同时计入教师和学校：年度达标教师{teachers_met}，占梯队教师{teachers}的{teachers_share}；达标学校{schools_met}，占基层学校{schools}的{schools_share}。",
      en = "Results count for the teacher and for the school: {teachers_met:value} of {teachers:value} teachers ({teachers_share}) and {schools_met:value} of {schools:value} schools ({schools_share}) met them." },
    by("school", "各校教师达标情况", "teachers by school", { "teachers_met", "teachers", "teachers_share" }),
    table { title = { zh = "学校年度培训考核", en = "schools" }, from = "decision", where = { rule = "school_result", kind = "school" }, order = { "code" },
      columns = { col("编号", "code", "code"), col("学校", "school", "name"), col("结果", "outcome", "outcome") } },

    h1("六、校本案例研修", "6. School-based cases"),
    paragraph { zh = "案例经{case_steps}、{case_actors}依次办理，只进不退。教师提出{cases}，已形成{cases_formed}，形成率{cases_share}（形成的案例÷提出的案例）；流程不合顺序的学校{cases_in_order}。",
      en = "A case takes {case_steps:value} steps by {case_actors:value} actors, only forward. {cases:value} were raised, {cases_formed:value} are formed: {cases_share} (cases formed ÷ cases raised); schools with steps out of order: {cases_in_order:value}." },
    by("step", "到达各步骤的案例", "cases that reached each step", { "case_reached" }, { total = false }),
    chart { kind = "bar", title = { zh = "到达各步骤的案例", en = "cases that reached each step" }, by = "step", figure = "case_reached" },

    h1("七、培训成果", "7. Results"),
    paragraph { zh = "2023年6月举办编程教育培训，参训{programming}。教师在国家级、省级刊物发表论文{papers}（作者{authors}）。学院教职工获奖{staff_awards}，涉及{staff_awarded}；获国家级、市级奖励的教师{teachers_awarded}，共{teacher_awards}。",
      en = "{programming:value} people took the class in programming of June 2023. {papers:value} papers appeared in national and provincial journals ({authors:value} authors). The institute's staff won {staff_awards:value} awards ({staff_awarded:value} people); {teachers_awarded:value} teachers won {teacher_awards:value} national or city awards." },
    paragraph { zh = "学生获奖{students_awarded}，其中科技创新市长奖{mayor_prize}（均为申报数）。建成智慧校园建设示范学校{smart_schools}，其中公布校名{smart_named}。2022年一项教学竞赛中{contest_people}获{contest_awards}奖（一等奖、最佳教态奖）。获市级教学成果奖二等奖{achievements}。全国先进工作者{workers}，全国优秀教师{excellent_teachers}。",
      en = "Students with awards: {students_awarded}; with the mayor's prize for science: {mayor_prize} (both declared). Smart-campus schools: {smart_schools:value}, of which {smart_named:value} are named. In a contest of 2022 {contest_people:value} teacher won {contest_awards:value} awards. City teaching-achievement awards, second class: {achievements:value}. National model workers: {workers}; national excellent teachers: {excellent_teachers}." },
    by("level", "论文刊物级别", "papers by level", { "papers" }),
    by("level", "获奖级别", "awards by level", { "staff_awards", "teacher_awards" }),
    chart { kind = "share", title = { zh = "论文刊物级别", en = "papers by level" }, by = "level", figure = "papers" },
    table { title = { zh = "国家级荣誉称号", en = "national honours" }, from = "record", where = { kind = "honour", level = "national" }, order = { "value", "since" },
      columns = { col("编号", "code", "person.code"), col("单位", "school", "school.name"), col("称号", "honour", "value"), col("授予时间", "since", "since") } },
    by("audience", "申报数", "declared numbers", { "declared_numbers" }, { by_title = { zh = "申报内容", en = "what" }, style = "published", total = false }),

    h1("八、报送情况", "8. Returns"),
    paragraph { zh = "应报送学校{schools}，已报送{schools_sent}，报送率{sent_share}（已报送学校÷应报送学校）。未报送单位：",
      en = "{schools_sent:value} of {schools:value} schools sent their yearly return: {sent_share} (schools that sent ÷ schools). Those that did not:" },
    table { title = { zh = "未报送单位", en = "schools that have not sent" }, from = "decision", where = { rule = "sent", outcome = "unmet" }, order = { "code" },
      columns = { col("编号", "code", "code"), col("学校", "school", "name") } },
    note { zh = "学校和人员以编号代称。晋级、能力、量表和学校考核的门槛未公布，按参数中注明的假定取值。名单带“等”字的荣誉按下限表述；学生为申报数；竞赛获奖者按基层学校教师计，是对公布口径的理解。",
      en = "Schools and people stand under codes. What stages, competences, rubric and schools are measured by is not published: values are assumed, as the parameters say. Honours whose list ends in “and others” are lower bounds; students are declared numbers; that the winner of the contest teaches at a school is our reading." },

    page(),
    h1("附：相关人员", "Appendix: people"),
    table { title = { zh = "梯队教师及晋级判定", en = "teachers and the next stage" }, from = "decision", where = { rule = "next_stage", ["fact.stage.value"] = any },
      order = { "school.code", "person.code" },
      columns = { col("编号", "code", "person.code"), col("学校", "school", "school.name"), col("层级", "stage", "fact.stage.value"), col("晋升下一层级", "next stage", "outcome"), col("还差", "missing", "missing") } },
    table { title = { zh = "校本案例流转", en = "the course of each case" }, from = "record", where = { kind = "case_step" }, order = { "case_no", "since" },
      columns = { col("案例", "case", "case_no"), col("步骤", "step", "step"), col("办理", "actor", "actor"), col("日期", "day", "since"),
        col("教师", "teacher", "person.code"), col("学校", "school", "school.name") } },
  },
}
