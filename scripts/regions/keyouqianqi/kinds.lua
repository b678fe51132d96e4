-- What the two sides keep about their agreements and what came of them.
return kinds {
  cooperation = { type = "organization", title = { zh = "协作", en = "cooperation" } },
  receiving_school = { type = "organization", title = { zh = "受援学校", en = "school of the receiving district" },
    attributes = { section = { type = "text", title = { zh = "学段", en = "section" }, words = { "幼儿园", "小学", "初中", "高中", "职业学校" } } } },
  partner_school = { type = "organization", title = { zh = "支援学校", en = "partner school" } },
  agreement = { type = "relation", title = { zh = "协议", en = "agreement" },
    attributes = { about = { type = "text", title = { zh = "内容", en = "about" } }, source = { type = "text", title = { zh = "出处", en = "source" } } } },
  mission_member = { type = "enrollment", title = { zh = "送研送教成员", en = "member of the mission" } },
  mission_activity = { of = { "enrollment" }, amount = "none", title = { zh = "送研送教活动", en = "activity of the mission" },
    attributes = { activity_form = { type = "text", title = { zh = "活动形式", en = "kind of activity" },
      words = { "下校专项调研", "示范性教研活动", "工作坊研修", "专题座谈" } } } },
  support = { of = { "organization" }, amount = "none", title = { zh = "支持", en = "support" },
    attributes = { work = { type = "text", title = { zh = "事项", en = "what" } }, form = { type = "text", title = { zh = "支持方式", en = "kind of support" },
      words = { "政策咨询", "专项研讨", "线上培训", "线上教研", "跟岗培训", "送研送教" } } } },
  secondment = { of = { "person" }, amount = "none", title = { zh = "挂职", en = "secondment" } },
  -- stated where no list exists; several (多名) is a number that nobody knows
  lecture_audience = { of = { "organization" }, unit = "人", amount = "required", title = { zh = "讲座听众（申报数）", en = "audience of a lecture (declared)" } },
  sent_to_teach = { of = { "organization" }, unit = "名", amount = "required", title = { zh = "支教（申报数）", en = "sent to teach (declared)" } },
  school_return = { of = { "organization" }, amount = "none", title = { zh = "学校报送表", en = "return of a school" } },
}
