-- The kinds of things a ledger of teacher development knows. A region adds its own in a kinds.lua of its own.
return {
  -- places: a tree of organizations above the schools and bureaux that lie in them
  kinds {
    province = { type = "organization", title = { zh = "省（自治区、直辖市）", en = "province" } },
    city = { type = "organization", title = { zh = "市（州）", en = "city" } },
    county = { type = "organization", title = { zh = "县（市、区）", en = "county" } },
    township = { type = "organization", title = { zh = "乡镇", en = "township" } },
  },

  kinds {
    bureau = { type = "organization", title = { zh = "教育行政部门", en = "education bureau" } },
    institute = { type = "organization", title = { zh = "教师进修院校、教研机构", en = "institute" } },
    school = { type = "organization", title = { zh = "学校", en = "school" } },
    host = { type = "organization", title = { zh = "接收学校", en = "host school" } },
    studio = { type = "organization", title = { zh = "名师工作室", en = "master-teacher studio" } },
    cluster = { type = "organization", title = { zh = "教育集团、校际联盟", en = "school cluster" } },
    base = { type = "organization", title = { zh = "研修基地、教师发展中心", en = "base or centre" } },
  },

  -- programmes, the groups of people who take them, what they attend, how a person stands in them
  kinds {
    training_programme = { type = "programme", level = true, title = { zh = "培训项目", en = "training programme" } },
    talent_programme = { type = "programme", level = true, title = { zh = "人才项目", en = "talent programme" } },
    batch = { type = "cohort", title = { zh = "批次", en = "batch" },
      attributes = { number = "whole", months = { type = "amount", unit = "个月", title = { zh = "时长", en = "length" } } } },
    class = { type = "cohort", title = { zh = "班", en = "class" } },
    session = { type = "activity", title = { zh = "活动", en = "session" } },
    seminar = { type = "activity", title = { zh = "教研活动", en = "research seminar" } },
    shared_video = { type = "activity", title = { zh = "分享视频课程", en = "sharing video as a course" } },
    teaching = { type = "post", title = { zh = "任职", en = "post" } },
    trainee = { type = "enrollment", title = { zh = "参训", en = "training place" } },
    job_shadowing = { type = "enrollment", title = { zh = "跟岗研修", en = "job shadowing" } },
  },

  kinds {
    pair = { type = "relation", title = { zh = "结对帮扶", en = "twinning" } },
    mentoring = { type = "relation", title = { zh = "师徒结对", en = "mentoring pair" } },
    member = { type = "relation", title = { zh = "成员", en = "membership" } },
    lead = { type = "relation", title = { zh = "牵头", en = "lead" } },
    agreement = { type = "relation", title = { zh = "协议", en = "agreement" } },
  },

  -- what changes with time about a person: read as fact "hired", fact "title"
  kinds {
    birth = { of = { "person" }, title = { zh = "出生", en = "birth" } },
    hired = { of = { "person" }, title = { zh = "参加工作", en = "hired" } },
    position = { of = { "person" }, title = { zh = "职务", en = "position" }, attributes = { value = "text" } },
    title = { of = { "person" }, title = { zh = "职称", en = "professional title" }, attributes = { value = "text" } },
    subject = { of = { "person" }, title = { zh = "任教学科", en = "subject taught" }, attributes = { value = "text" } },
    stage = { of = { "person" }, title = { zh = "梯队层级", en = "stage of the ladder" }, attributes = { value = "text" } },
    class_teacher = { of = { "person" }, title = { zh = "班主任", en = "class teacher" } },
    principal = { of = { "person" }, title = { zh = "校长", en = "principal" } },
    backbone = { of = { "person" }, level = true, title = { zh = "骨干教师", en = "backbone teacher" } },
    honour = { of = { "person" }, level = true, title = { zh = "荣誉称号", en = "honour" }, attributes = { value = "text" } },
  },

  -- training and what it leaves behind
  kinds {
    training = { of = { "person", "enrollment" }, unit = "学时", decimals = 1, level = true,
      title = { zh = "培训", en = "training" },
      attributes = {
        project = { type = "text", title = { zh = "项目名称", en = "programme" } },
        organizer = { type = "text", title = { zh = "培训机构", en = "organizer" } },
        about = { type = "text", title = { zh = "专题", en = "subject of training" },
          words = { "class_teacher", "qualification", "information_technology" } },
        practice = { type = "truth", title = { zh = "实践", en = "practice" } },
        credits = { type = "amount", unit = "学分", decimals = 2, title = { zh = "学分", en = "credits" } } } },
    induction = { of = { "person", "enrollment" }, unit = "学时", decimals = 1, level = true,
      title = { zh = "新任教师培训", en = "induction training" } },
    placement = { of = { "enrollment", "person" }, unit = "天", amount = "optional",
      title = { zh = "跟岗", en = "placement" } },
    lesson_observation = { of = { "enrollment", "person" }, amount = "none",
      title = { zh = "听课", en = "lesson observation" },
      attributes = {
        course = { type = "text", title = { zh = "学科", en = "subject" } },
        period = { type = "whole", title = { zh = "节次", en = "period" } },
        lesson = { type = "text", title = { zh = "课型", en = "type of lesson" } } } },
    research_session = { of = { "enrollment", "person" }, unit = "分钟", decimals = 2,
      title = { zh = "参加教研活动", en = "teaching-research session attended" } },
    report = { of = { "enrollment", "person" }, unit = "字", amount = "required",
      title = { zh = "书面研修成果", en = "written report" },
      attributes = { work = { type = "text", title = { zh = "题目", en = "title" } } } },
    application = { of = { "enrollment", "person" }, amount = "none",
      title = { zh = "成果转化", en = "application at home" },
      attributes = { work = { type = "text", title = { zh = "转化成果", en = "what changed" } } } },
    video = { of = { "enrollment", "person" }, unit = "分钟", amount = "required",
      title = { zh = "分享视频", en = "sharing video" } },
    viewing = { of = { "person" }, unit = "分钟",
      title = { zh = "观看分享视频", en = "viewing of a sharing video" } },
    nomination = { of = { "enrollment", "person" }, amount = "none",
      title = { zh = "推荐", en = "nomination" }, attributes = { quality = { type = "text", title = { zh = "条件", en = "quality" } } } },
    plan = { of = { "enrollment", "programme", "organization" }, amount = "none",
      title = { zh = "研修方案", en = "plan" }, attributes = { work = "text" } },
    outreach = { of = { "organization" }, amount = "none", title = { zh = "送教下乡", en = "outreach visit" },
      attributes = { course = { type = "text", title = { zh = "学科", en = "subject" }, words = { "语文", "数学" } } } },
    appraisal = { of = { "person" }, amount = "none", title = { zh = "年度考核", en = "yearly appraisal" } },
    misconduct = { of = { "person" }, amount = "none", title = { zh = "违反师德", en = "breach of ethics" } },
    -- a number that stands for a list nobody can keep: audiences, students. Reports mark it.
    declared = { of = { "organization", "programme", "cohort", "enrollment" }, unit = "人", amount = "required",
      title = { zh = "申报数", en = "declared number" }, attributes = { audience = "text" } },
  },
}
