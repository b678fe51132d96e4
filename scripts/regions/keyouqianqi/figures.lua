-- Every figure of the assistance. A number nobody knows (多名) stays unknown, in every total that it is part of.
local exactly = { exact = true }

local function figure(from, where, unit, measure, title, definition, style)
  return { of = "organization", from = from, where = where, unit = unit, measure = measure, title = title, definition = definition,
    style = style or exactly }
end
local function share(part, whole, title, definition)
  return { of = "organization", title = title, definition = definition, measure = { share = part, of = whole } }
end

local placed, member = { kind = "job_shadowing" }, { kind = "mission_member" }
local done = { kind = "mission_activity" }

return figures {
  -- agreements and pairs
  agreements = figure("relation", { kind = "agreement", in_force = true }, "份", "count", { zh = "协议", en = "agreements" },
    { zh = "当日有效的协议，各有出处", en = "agreements in force on the day, each with its source" }),
  pairs = figure("relation", { kind = "pair", in_force = true }, "对", "count", { zh = "学校结对", en = "pairs of schools" },
    { zh = "当日有效的结对", en = "pairs in force on the day" }),
  partners = figure("relation", { kind = "pair", in_force = true }, "所", { distinct = "b" }, { zh = "支援学校", en = "partner schools" },
    { zh = "当日有结对的支援学校，一校只计一次", en = "partner schools with a pair in force, each counted once" }),
  schools = figure("organization", { kind = "receiving_school" }, "所", "count", { zh = "受援学校", en = "schools of the receiving district" },
    { zh = "受援学校名单上的学校", en = "schools on the receiving district's list" }),
  paired = figure("decision", { rule = "paired", outcome = "met" }, "所", "count", { zh = "有结对的受援学校", en = "schools with a partner" },
    { zh = "当日至少有一对有效结对的受援学校", en = "schools with at least one pair in force on the day" }),
  unpaired = figure("decision", { rule = "paired", outcome = "unmet" }, "所", "count", { zh = "无结对的受援学校", en = "schools without a partner" },
    { zh = "当日没有有效结对的受援学校", en = "schools without a pair in force on the day" }),
  coverage = share("paired", "schools", { zh = "结对覆盖率", en = "coverage" },
    { zh = "有结对的受援学校 ÷ 受援学校", en = "schools with a partner ÷ schools of the receiving district" }),

  -- what was done
  support_kinds = figure("record", { kind = "support" }, "种", { distinct = "form" }, { zh = "支持方式", en = "kinds of support" },
    { zh = "协议签订以来不同的支持方式", en = "different kinds of support since the agreement" }),
  support_items = figure("record", { kind = "support" }, "项", "count", { zh = "帮扶事项", en = "items of support" },
    { zh = "台账所列事项", en = "items on the list" }),
  placed = figure("enrollment", placed, "人", { distinct = "person" }, { zh = "接收跟岗人员", en = "staff received for shadowing" },
    { zh = "到支援学校跟岗的人数，一人只计一次", en = "people placed in partner schools, each counted once" }, {}),
  placement_days = figure("record", { kind = "placement" }, "天", "sum", { zh = "跟岗人天", en = "days of placement" },
    { zh = "各人跟岗天数之和", en = "days of all placements together" }),

  -- the mission of November 2020
  mission_members = figure("enrollment", member, "人", { distinct = "person" }, { zh = "送研送教教研员", en = "members of the mission" },
    { zh = "送研送教的教研员人数", en = "researchers on the mission" }),
  mission_days = figure("record", done, "天", { distinct = "since" }, { zh = "送研送教天数", en = "days of the mission" },
    { zh = "有活动的不同日期", en = "different days with an activity" }),
  mission_kinds = figure("record", done, "种", { distinct = "activity_form" }, { zh = "活动形式", en = "kinds of activity" },
    { zh = "送研送教中不同的活动形式", en = "different kinds of activity in the mission" }),
  mission_attendances = figure("record", done, "人次", { distinct = { "person", "since", "activity_form" } }, { zh = "参加活动", en = "attendances" },
    { zh = "人次：一人一天参加一种活动计一次", en = "one person on one day in one activity" }),
  mission_people = figure("record", done, "人", { distinct = "person" }, { zh = "参加教研员", en = "members in it" },
    { zh = "参加过活动的教研员，一人只计一次", en = "members who took part, each counted once" }),
  mission_completed = figure("decision", { rule = "mission", outcome = "met" }, "人", { distinct = "person" }, { zh = "全程参加", en = "there on all days" },
    { zh = "三天都有活动的教研员", en = "members with an activity on each of the three days" }),

  -- people sent: one of them known, of the others nobody knows how many
  audience = figure("record", { kind = "lecture_audience" }, "人", "sum", { zh = "讲座听众（申报数）", en = "audience of the lecture (declared)" },
    { zh = "各场讲座申报的听众之和，没有名单", en = "audiences as declared; there is no list" }, {}),
  lectures = figure("record", { kind = "lecture_audience" }, "场", "count", { zh = "专题讲座", en = "lectures" },
    { zh = "申报了听众的讲座", en = "lectures with a declared audience" }),
  seconded = figure("record", { kind = "secondment" }, "人", { distinct = "person" }, { zh = "挂职", en = "seconded" },
    { zh = "到教师发展中心挂职的人数", en = "people seconded to the centre" }),
  taught = figure("record", { kind = "sent_to_teach" }, "名", "sum", { zh = "支教教师（申报数）", en = "sent to teach (declared)" },
    { zh = "申报为多名，人数不详", en = "declared as several; nobody knows how many" }, { several = true }),
  seconded_too = figure("record", { kind = "secondment" }, "名", { distinct = "person" }, { zh = "其中挂职", en = "of them seconded" },
    { zh = "到教师发展中心挂职的人数", en = "people seconded to the centre" }),
  sent = { of = "organization", title = { zh = "派出人员", en = "people sent" }, unit = "名", measure = { plus = { "seconded_too", "taught" } }, style = { several = true },
    definition = { zh = "挂职与支教之和；支教人数不详，合计亦不详", en = "seconded and sent to teach; the second is not known, so the total is not" } },

  -- returns
  returned = figure("decision", { rule = "returned", outcome = "met" }, "所", "count", { zh = "已报送学校", en = "schools that sent" },
    { zh = "已报送年度报送表的受援学校", en = "schools whose yearly return is there" }),
  not_returned = figure("decision", { rule = "returned", outcome = "unmet" }, "所", "count", { zh = "未报送学校", en = "schools that did not send" },
    { zh = "未报送年度报送表的受援学校", en = "schools whose yearly return is missing" }),
  return_rate = share("returned", "schools", { zh = "报送率", en = "share that sent" },
    { zh = "已报送学校 ÷ 受援学校", en = "schools that sent ÷ schools of the receiving district" }),
}
