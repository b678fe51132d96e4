-- Every figure published, and what stands beside it. People and person-times come from the same rows and are never added.
local exactly = { exact = true }
local subjects = { "音乐", "美术", "科学" }

local function figure(from, where, unit, measure, title, definition, style)
  return { of = "organization", from = from, where = where, unit = unit, measure = measure, title = title, definition = definition, style = style }
end
local function exact(from, where, unit, measure, title, definition)
  return figure(from, where, unit, measure, title, definition, exactly)
end
local function decided(rule, outcome, unit, title, definition)
  return exact("decision", { rule = rule, outcome = outcome }, unit, "count", title, definition)
end
local function share(part, whole, title, definition)
  return { of = "organization", title = title, definition = definition, measure = { share = part, of = whole } }
end
local function class(code) return { kind = "away", ["cohort.code"] = code } end
local people = { distinct = "person" }
local attendances = { distinct = { "person", "activity" } } -- a row written twice is no second attendance
local attended = { zh = "人次：一人参加一场计一次", en = "attendances: one person at one session" }
local the_same = { zh = "人数：同一批签到记录中的不同人员", en = "people: those in the same rows, each counted once" }

return figures {
  -- 走出去
  fudan = exact("enrollment", class "CZ-GO-FD", "人", people, { zh = "赴复旦大学研修的校长", en = "principals at Fudan University" },
    { zh = "复旦大学校长高级研修班名单上的人数", en = "people on the list of the class at Fudan University" }),
  yangzhou = exact("enrollment", class "CZ-GO-YZ", "人", people,
    { zh = "赴扬州研修的教学主任、副主任及干事", en = "teaching directors, deputies and staff in Yangzhou" },
    { zh = "扬州教学管理研修班名单上的人数", en = "people on the list of the class in Yangzhou" }),
  immersion = figure("enrollment", class "CZ-GO-CJ", "人", people, { zh = "沉浸式研修的中层干部", en = "middle managers in immersion" },
    { zh = "中层干部沉浸式研修班名单上的人数", en = "people on the list of the immersion class" }),
  away = figure("enrollment", { kind = "away" }, "人", people, { zh = "外出研修", en = "people trained away" },
    { zh = "三个外出研修班名单上的人数，一人只计一次", en = "people on the lists of the three classes, each counted once" }),
  induction = figure("record", { kind = "induction_attendance" }, "人次", attendances,
    { zh = "近五年新入职教师培训", en = "induction of teachers hired in the last five years" }, attended),
  inducted = exact("record", { kind = "induction_attendance" }, "人", people, { zh = "参加培训的新入职教师", en = "teachers in the induction" }, the_same),
  not_recent = decided("recent", "unmet", "人", { zh = "参加培训而入职较早的教师", en = "in the induction, hired earlier" },
    { zh = "签到名单中入职早于近五年的人数，应为0", en = "people in the lists who were hired earlier; there should be none" }),
  -- 引进来
  talents = exact("record", { kind = "talent" }, "人", people, { zh = "引进高端人才", en = "high-end talents brought in" },
    { zh = "教育局台账中引进的人才，一人只计一次", en = "people on the bureau's list, each counted once" }),
  class_runs = exact("record", { kind = "course_attendance" }, "班次", { distinct = "activity" },
    { zh = "音乐、美术、科学培训班", en = "classes for music, art and science" }, { zh = "有签到的不同班次", en = "class runs in which somebody signed in" }),
  served = exact("record", { kind = "course_attendance" }, "人次", attendances, { zh = "服务教师", en = "teachers served" }, attended),
  served_people = exact("record", { kind = "course_attendance" }, "人", people, { zh = "参训教师", en = "people served" }, the_same),
  staff = exact("person", { ["fact.subject.value"] = subjects }, "人", "count", { zh = "在册学科教师", en = "staff on the books" },
    { zh = "学校名册中任教音乐、美术、科学的教师", en = "teachers of music, art and science on the schools' rosters" }),
  staff_trained = decided("all_staff", "met", "人", { zh = "已参训学科教师", en = "staff trained" }, { zh = "名册中至少参加过一个班次的教师", en = "those on the rosters who came to at least one class" }),
  staff_untrained = decided("all_staff", "unmet", "人", { zh = "尚未参训学科教师", en = "staff not yet trained" },
    { zh = "名册中没有参加过任何班次的教师", en = "those on the rosters who came to none" }),
  staff_share = share("staff_trained", "staff", { zh = "学科教师参训率", en = "share of the staff trained" },
    { zh = "已参训学科教师 ÷ 在册学科教师", en = "staff trained ÷ staff on the books" }),
  -- 手拉手
  grown = exact("record", { kind = "grown" }, "人", people, { zh = "名师工作室培养的骨干教师", en = "backbone teachers grown by studios" },
    { zh = "各工作室台账中认定的骨干教师，一人只计一次", en = "people on the studios' lists, each counted once" }),
  studios = exact("record", { kind = "grown" }, "个", { distinct = "studio" }, { zh = "名师工作室", en = "studios" },
    { zh = "报送台账的名师工作室", en = "studios that sent a list" }),
  leaders = exact("record", { kind = "cadre" }, "人", people, { zh = "在培干部", en = "school leaders in a plan" },
    { zh = "列入卓越校长锻造、中层干部拔节两项计划的干部", en = "school leaders in one of the two plans" }),
  tutored = decided("tutored", "met", "人", { zh = "有导师的干部", en = "school leaders with a tutor" }, { zh = "当日有导师的在培干部", en = "of those in a plan, with a tutor on the day" }),
  tutored_share = share("tutored", "leaders", { zh = "导师配备率", en = "share with a tutor" }, { zh = "有导师的干部 ÷ 在培干部", en = "with a tutor ÷ in a plan" }),
  tutors = exact("relation", { kind = "tutoring" }, "人", { distinct = "b" }, { zh = "导师", en = "tutors" }, { zh = "结对表中的不同导师", en = "different tutors on the list" }),
  -- 一起走
  lead_named = exact("relation", { kind = "led" }, "所", { distinct = "b" }, { zh = "列名的领办幼儿园", en = "lead kindergartens named" },
    { zh = "帮带登记中不同的领办园", en = "different lead kindergartens on the list" }),
  lead_others = { of = "organization", title = { zh = "未列名的领办幼儿园", en = "lead kindergartens not named" }, unit = "所",
    measure = { value = 0, bound = "at_least", source = "西宁市城中区公开报道（2018年前后）：列名三所，后有“等”字" } },
  lead_kindergartens = { of = "organization", title = { zh = "领办幼儿园", en = "lead kindergartens" }, unit = "所",
    measure = { plus = { "lead_named", "lead_others" } }, style = { exact = true, word = "至少" },
    definition = { zh = "列名的加上未列名的（“等”，数目不详）", en = "those named and those behind “and others”, of whom the number is not known" } },
  led_kindergartens = exact("relation", { kind = "led" }, "所", { distinct = "a" }, { zh = "被帮带幼儿园", en = "kindergartens led" },
    { zh = "帮带登记中不同的帮带园，一对一", en = "different kindergartens led, one to one" }),
  alliances = exact("relation", { kind = "alliance" }, "个", { distinct = "b" }, { zh = "校际联盟", en = "alliances" }, { zh = "有成员学校的联盟", en = "alliances with members" }),
  alliance_schools = exact("relation", { kind = "alliance" }, "所", { distinct = "a" }, { zh = "联盟成员学校", en = "schools in alliances" }, { zh = "参加联盟的不同学校", en = "different schools in an alliance" }),
  -- 国培
  schools = exact("organization", { kind = "school" }, "所", "count", { zh = "全区学校", en = "schools" }, { zh = "区教育局所属学校（样例）", en = "schools of the district (sample)" }),
  national_schools = decided("national_reach", "met", "所", { zh = "国培惠及学校", en = "schools reached by the national programme" },
    { zh = "至少有一名教师在国培登记中的学校", en = "schools of which at least one teacher is on the list of the national programme" }),
  national_share = share("national_schools", "schools", { zh = "国培覆盖率", en = "share of schools reached" }, { zh = "国培惠及学校 ÷ 全区学校", en = "schools reached ÷ schools" }),
  national_people = exact("record", { kind = "training", level = "national" }, "人", people, { zh = "国培参训教师", en = "teachers in the national programme" },
    { zh = "国培登记中的不同教师", en = "different teachers on the list" }),
  returned = decided("returned", "met", "所", { zh = "已报送名册的学校", en = "schools that sent their roster" }, { zh = "名册中有教师的学校", en = "schools with a teacher on the rosters" }),
  returned_share = share("returned", "schools", { zh = "名册报送率", en = "share of schools that sent" }, { zh = "已报送名册的学校 ÷ 全区学校", en = "schools that sent ÷ schools" }),
  -- 系列与资源
  talks = exact("record", { kind = "talk" }, "次", "count", { zh = "有约活动", en = "talks held" }, { zh = "教育局台账中的场次", en = "talks on the bureau's list" }),
  series_kept = decided("fortnightly", "met", "个", { zh = "按期举行的系列", en = "series held on time" }, { zh = "每两周至少举行一次、没有间断的系列", en = "series with a talk in each two weeks" }),
  series_broken = decided("fortnightly", "unmet", "个", { zh = "有间断的系列", en = "series with gaps" }, { zh = "至少有一个双周没有举行的系列", en = "series with two weeks in which no talk was held" }),
  experts = exact("record", { kind = "resource", bank = "专家库" }, "条", "count", { zh = "专家库", en = "bank of experts" }, { zh = "入库条目", en = "entries" }),
  lectures = exact("record", { kind = "resource", bank = "讲座库" }, "条", "count", { zh = "讲座库", en = "bank of lectures" }, { zh = "入库条目", en = "entries" }),
}
