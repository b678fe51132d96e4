-- The stages, competences and plans are published; what each asks for is not. Values are assumed until the institute decides.
local open = { zh = "晋级条件未公布，暂按梯度取值，待区教师进修学院核定", en = "conditions are not published; values that rise with the stage until the institute decides" }
local function by_stage(zh, en, unit, values)
  return { title = { zh = zh, en = en }, unit = unit, by = "stage", { from = "2023-01-01", value = values, assumed = open } }
end
local function assumed(zh, en, unit, number, why_zh, why_en)
  return { title = { zh = zh, en = en }, unit = unit, { from = "2023-01-01", value = number, assumed = { zh = why_zh, en = why_en } } }
end

return parameters {
  stage_years = by_stage("晋级教龄", "years of teaching for the next stage", "年", { new = 1, qualified = 5, backbone = 10, master = 15 }),
  stage_hours = by_stage("晋级学时", "hours for the next stage", "学时", { new = 24, qualified = 36, backbone = 48, master = 60 }),
  stage_quality = by_stage("晋级教学质量得分", "score for the next stage", "分", { new = 60, qualified = 75, backbone = 85, master = 90 }),
  stage_papers = by_stage("晋级论文", "papers for the next stage", "篇", { qualified = 1, backbone = 2, master = 3 }),
  stage_awards = by_stage("晋级市级以上获奖", "awards for the next stage", "项", { backbone = 1, master = 2 }),
  competence_score = assumed("培训师单项能力达标分", "score of a competence", "分", 80, "六项能力已公布，达标分未公布", "the six competences are published, their thresholds are not"),
  year_hours = assumed("年度选课学时", "hours of courses in a year", "学时", 24, "学院未公布年度选课学时", "no yearly number of hours is published"),
  quality_pass = assumed("教学质量合格分", "passing score of the rubric", "分", 60, "量表等次未公布，按百分制60分合格", "the classes of the rubric are not published; 60 of 100 passes"),
  quality_excellent = assumed("教学质量优秀分", "excellent score of the rubric", "分", 90, "量表等次未公布，按百分制90分优秀", "the classes of the rubric are not published; 90 of 100 is excellent"),
  rubric_items = assumed("量表评价项目数", "items of the rubric", "项", 5, "量表细目未公布，按五项计", "the items of the rubric are not published; five are assumed"),
  school_share = assumed("学校达标教师比例", "share of a school's teachers", nil, "4/5", "培训考核结果与学校挂钩已公布，比例未公布", "that results count for the school is published, the share is not"),
}
