-- What a teacher lacks for the next stage of the ladder: needs rise with the stage that the teacher is in.
local stage = "fact.stage.value"
local function at(...) return { [stage] = { ... } } end
local lessons = records { kind = "rubric" }

return rule {
  id = "next_stage", of = "person",
  title = { zh = "晋升下一层级", en = "ready for the next stage" },
  applies = at("new", "qualified", "backbone", "master"),
  needs = {
    { "years", years_since(fact "hired"):at_least(P.stage_years:by(stage)), zh = "教龄", en = "years of teaching" },
    { "hours", records { kind = "course" }:at_least(P.stage_hours:by(stage)), zh = "学时", en = "hours of courses" },
    { "quality", choose { { when = lessons:exists(), take = lessons:sum() / lessons:distinct "sheet" }, otherwise = 0 }
      :at_least(P.stage_quality:by(stage)), zh = "教学质量得分", en = "score of the rubric" },
    { "papers", records { kind = "paper", level = at_least "province" }:distinct "work":at_least(P.stage_papers:by(stage)),
      zh = "省级以上刊物论文", en = "papers in provincial or national journals", when = at("qualified", "backbone", "master") },
    { "awards", records { kind = "award", level = at_least "city" }:count():at_least(P.stage_awards:by(stage)),
      zh = "市级以上获奖", en = "awards of the city or above", when = at("backbone", "master") },
  },
}
