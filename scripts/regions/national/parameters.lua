-- Published nationwide. A value is read on the day a rule says; an entry stays in force until the next one begins.
local ministry = "教育部"
local schools_regulation = ministry .. "令第7号《中小学教师继续教育规定》(1999)"
local principals_regulation = ministry .. "令第8号《中小学校长培训规定》(1999)"

return parameters {
  in_service_hours = {
    title = { zh = "五年周期培训学时", en = "training hours in five years" }, unit = "学时",
    { from = "1999-09-13", value = 240, source = schools_regulation },
    { from = "2011-01-01", value = 360, source = ministry .. " 教师〔2011〕1号" },
  },
  induction_hours = {
    title = { zh = "新任教师试用期培训学时", en = "training hours in probation" }, unit = "学时",
    { from = "1999-09-13", value = 120, source = schools_regulation },
  },
  principal_hours = {
    title = { zh = "校长五年提高培训学时", en = "principals' training hours in five years" }, unit = "学时",
    { from = "1999-12-30", value = 240, source = principals_regulation },
    { from = "2013-01-01", value = 360, source = ministry .. " 教师〔2013〕11号" },
  },
  principal_qualification_hours = {
    title = { zh = "校长任职资格培训学时", en = "hours that qualify a principal" }, unit = "学时",
    { from = "1999-12-30", value = 300, source = principals_regulation },
  },
  information_technology_hours = {
    title = { zh = "信息技术应用能力培训学时", en = "hours of training in information technology" }, unit = "学时",
    { from = "2019-04-01", value = 50, source = ministry .. " 教师〔2019〕1号" },
  },
  information_technology_practice = {
    title = { zh = "信息技术培训中实践学时所占比例", en = "share of practice in it" },
    { from = "2019-04-01", value = "1/2", source = ministry .. " 教师〔2019〕1号" },
  },
  class_teacher_hours = {
    title = { zh = "班主任五年培训学时", en = "class teachers' training hours in five years" }, unit = "学时",
    { from = "2006-08-31", value = 30, source = ministry .. " 教师厅〔2006〕3号" },
  },
  outreach_visits = {
    title = { zh = "送教下乡每学科每年次数", en = "outreach visits a year to each township for each subject" }, unit = "次",
    { from = "2016-01-01", value = 4, source = ministry .. " 教师厅〔2016〕1号" },
  },
  outreach_days = {
    title = { zh = "送教下乡每次天数", en = "days of an outreach visit" }, unit = "天",
    { from = "2016-01-01", value = 2, source = ministry .. " 教师厅〔2016〕1号" },
  },
  probation_years = {
    title = { zh = "试用期年数", en = "years of probation" }, unit = "年",
    { from = "1999-09-13", value = 1, assumed = { zh = "规定未写明试用期长短，按通行的一年计", en = "the regulation does not say how long probation is; one year is usual" } },
  },
  -- A ledger that keeps a single programme has no training hours in it: deciding on hours there would find everybody
  -- short. A region whose ledger keeps them says so by a 1.
  hours_are_kept = {
    title = { zh = "台账是否登记全部培训学时（1为是，0为否）", en = "whether all training hours are kept here (1: yes, 0: no)" },
    { from = "1999-01-01", value = 0, assumed = { zh = "由各地在自己的规则包中声明", en = "each region declares it in its own pack" } },
  },
}
