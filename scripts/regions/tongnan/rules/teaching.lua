-- 教师教学质量评价量表: the score of a lesson is the sum of its items, that of a teacher the mean of the lessons of the year.
-- Results of training and of assessment count together.
local lessons = records { kind = "rubric" }
local staged = { ["fact.stage.value"] = any }
return {
  rule {
    id = "teaching_quality", of = "person", per = "calendar_year", in_force = { from = "2023-01-01", by = "period_start" },
    title = { zh = "教学质量评价", en = "teaching quality" },
    applies = lessons:exists(),
    gives = { score = lessons:sum() / lessons:distinct "sheet" },
    needs = {
      { "items", lessons:distinct "item":at_least(P.rubric_items), zh = "评价项目齐全", en = "items rated" },
      { "score", (lessons:sum() / lessons:distinct "sheet"):at_least(P.quality_pass), zh = "得分", en = "score" },
    },
  },
  rule {
    id = "teaching_excellent", of = "person", per = "calendar_year", in_force = { from = "2023-01-01", by = "period_start" },
    title = { zh = "教学质量优秀", en = "excellent teaching" },
    applies = outcome "teaching_quality",
    needs = {
      { "score", (lessons:sum() / lessons:distinct "sheet"):at_least(P.quality_excellent), zh = "得分", en = "score" },
    },
  },
  rule {
    id = "year_training", of = "person", per = "calendar_year", in_force = { from = "2023-01-01", by = "period_start" }, applies = staged,
    title = { zh = "年度选课学时", en = "hours of courses in the year" },
    needs = { { "hours", records { kind = "course" }:at_least(P.year_hours), zh = "学时", en = "hours" } },
  },
  rule {
    id = "year_result", of = "person", per = "calendar_year", in_force = { from = "2023-01-01", by = "period_start" }, applies = staged,
    title = { zh = "教师年度培训考核", en = "a teacher's result of the year" },
    needs = {
      { "training", outcome "year_training", zh = "培训", en = "training" },
      { "quality", outcome "teaching_quality", zh = "考核", en = "assessment" },
    },
  },
}
