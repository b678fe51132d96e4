-- A school's result follows from its teachers'; the year of the three-year plan from its tasks.
return {
  rule {
    id = "school_result", of = "organization", per = "calendar_year", in_force = { from = "2023-01-01", by = "period_start" },
    title = { zh = "学校年度培训考核", en = "a school's result of the year" },
    applies = all_of { { kind = "school" }, members("year_result"):at_least(1) },
    needs = {
      { "teachers", (outcomes("year_result", "met") / members("year_result")):at_least(P.school_share),
        zh = "达标教师比例", en = "share of its teachers" },
    },
  },
  rule {
    id = "year_plan", of = "cohort",
    title = { zh = "年度计划完成", en = "the year's plan is done" },
    applies = { kind = "plan_year" },
    needs = {
      { "tasks", records { kind = "task_done" }:distinct "task":at_least(records { kind = "task" }:distinct "task"), zh = "已完成任务", en = "tasks done" },
    },
  },
}
