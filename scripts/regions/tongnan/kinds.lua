-- What the plan adds to the kinds known everywhere.
local function text(zh, en) return { type = "text", title = { zh = zh, en = en } } end

return kinds {
  stage = { of = { "person" }, title = { zh = "梯队层级", en = "stage of the ladder" }, attributes = { value = text("层级", "stage") } },
  action_plan = { type = "programme", title = { zh = "行动计划", en = "action plan" } },
  three_year_plan = { type = "programme", title = { zh = "三年计划", en = "three-year plan" } },
  plan_cycle = { type = "cohort", title = { zh = "行动计划实施期", en = "cycle of an action plan" } },
  plan_year = { type = "cohort", title = { zh = "计划年度", en = "year of the plan" }, attributes = { theme = text("年度主题", "theme of the year") } },
  plan_member = { type = "enrollment", title = { zh = "纳入行动计划", en = "member of an action plan" } },
  task = { of = { "cohort" }, amount = "none", title = { zh = "计划任务", en = "task of the plan" },
    attributes = { task = text("任务", "task"), duty = text("责任单位", "whose duty"), due = { type = "date", title = { zh = "完成时限", en = "due" } } } },
  task_done = { of = { "cohort" }, amount = "none", title = { zh = "任务完成", en = "task done" }, attributes = { task = text("任务", "task") } },

  competence = { of = { "person" }, unit = "分", amount = "required", title = { zh = "培训师能力评定", en = "rating of a trainer's competence" },
    attributes = { competence = text("能力", "competence") } },
  rubric = { of = { "person" }, unit = "分", decimals = 1, amount = "required", title = { zh = "教师教学质量评价", en = "rating of a lesson" },
    attributes = { item = text("评价项目", "item"), sheet = text("评价表编号", "sheet") } },
  course = { of = { "person" }, unit = "学时", decimals = 1, amount = "required", title = { zh = "选修课程", en = "course taken" },
    mode = { "offline", "online", "mixed" },
    attributes = { course = text("课程", "course"), chosen = { type = "truth", title = { zh = "自主选课", en = "chosen by the teacher" } } } },
  case_step = { of = { "person" }, amount = "none", title = { zh = "校本案例步骤", en = "step of a school-based case" },
    attributes = { case_no = text("案例编号", "case"), step = text("步骤", "step"), actor = text("办理", "actor") } },

  paper = { of = { "person" }, amount = "none", level = true, title = { zh = "发表论文", en = "published paper" },
    attributes = { work = text("论文编号", "paper"), journal = text("刊物", "journal") } },
  award = { of = { "person" }, amount = "none", level = true, title = { zh = "获奖", en = "award" },
    attributes = { contest = text("赛事或项目", "contest"), prize = text("奖项", "prize"), certificate = text("证书编号", "certificate") } },
  achievement = { of = { "organization" }, amount = "none", level = true, title = { zh = "教学成果奖", en = "teaching-achievement award" },
    attributes = { prize = text("等次", "class") } },
  smart_campus = { of = { "organization" }, amount = "none", title = { zh = "智慧校园建设示范学校", en = "smart-campus demonstration school" },
    attributes = { named = { type = "truth", title = { zh = "公布校名", en = "published by name" } } } },
  school_report = { of = { "organization" }, amount = "none", title = { zh = "学校年度报送", en = "yearly return of a school" },
    attributes = { year = { type = "whole", title = { zh = "年度", en = "year" } } } },
}
