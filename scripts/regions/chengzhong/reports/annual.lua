-- The year of the district, channel by channel.
local function heading_of(level, zh, en) return heading { level = level, zh = zh, en = en } end
local function column_of(zh, en, path) return { title = { zh = zh, en = en }, value = path } end

return report {
  id = "annual", of = "organization", style = "published",
  title = { zh = "城中区教师队伍建设年度报告", en = "Chengzhong: annual report on teacher development" },
  blocks = {
    heading_of(1, "一、概况", "1. Overview"),
    paragraph { zh = "全区围绕“走出去、引进来、手拉手、一起走”四条渠道培养教师。走出去：赴复旦大学研修校长{fudan}，赴扬州研修教学主任、副主任及干事{yangzhou}，沉浸式研修中层干部{immersion}，培训近五年新入职教师{induction}。引进来：引进高端人才{talents}，举办音乐、美术、科学培训{class_runs}，服务教师{served}。手拉手：名师工作室培养骨干教师{grown}。一起走：领办幼儿园{lead_kindergartens}，一对一帮带。国培惠及学校{national_schools}。",
      en = "Teachers grow by four channels. Going out: {fudan:value} principals went to Fudan University, {yangzhou:value} teaching directors, deputies and staff to Yangzhou, {immersion:value} middle managers were immersed, and the induction of those hired in the last five years had {induction:value} attendances. Bringing in: {talents:value} high-end talents came; {class_runs:value} classes for music, art and science had {served:value} attendances. Hand in hand: studios grew {grown:value} backbone teachers. Walking together: {lead_kindergartens:value} lead kindergartens, paired one to one. The national programme reached {national_schools:value} schools." },
    key_figures { "fudan", "yangzhou", "immersion", "induction", "talents", "class_runs", "served", "grown", "lead_kindergartens", "national_schools" },
    note { zh = "人数（人）与人次是两种口径：同一人参加两场计1人、2人次，二者不相加，也没有合计数。", en = "People and attendances are two ways of counting: one who came twice is one person and two attendances. They are never added." },

    heading_of(1, "二、走出去", "2. Going out"),
    heading_of(2, "（一）外出研修", "2.1 Training away"),
    paragraph { zh = "三个外出研修班共{away}。", en = "{away:value} people were in the three classes." },
    table { title = { zh = "各班人数", en = "people by class" }, by = "cohort.name", by_title = { zh = "班次", en = "class" }, figures = { "away" }, total = true },
    chart { kind = "bar", title = { zh = "按职务", en = "by position" }, by = "fact.position.value", figure = "away" },
    heading_of(2, "（二）新入职教师培训", "2.2 Induction"),
    paragraph { zh = "近五年新入职教师{inducted}参加培训，共{induction}；签到名单中入职较早的{not_recent}。",
      en = "{inducted:value} teachers hired in the last five years came to the induction, {induction:value} attendances; hired earlier: {not_recent:value}." },
    table { title = { zh = "各场签到", en = "attendance by session" }, by = "activity", by_title = { zh = "场次", en = "session" }, figures = { "induction", "inducted" }, total = true },

    heading_of(1, "三、引进来", "3. Bringing in"),
    heading_of(2, "（一）高端人才", "3.1 Talents"),
    table { title = { zh = "引进高端人才", en = "talents brought in" }, by = "field", by_title = { zh = "领域", en = "field" }, figures = { "talents" }, total = true },
    heading_of(2, "（二）音乐、美术、科学培训", "3.2 Music, art and science"),
    paragraph { zh = "举办培训{class_runs}，服务教师{served}，参训教师{served_people}。三科在册教师{staff}，其中已参训{staff_trained}，参训率{staff_share}（已参训学科教师÷在册学科教师）；尚未参训{staff_untrained}。",
      en = "{class_runs:value} classes had {served:value} attendances of {served_people:value} people. Of {staff:value} on the books {staff_trained:value} were trained: {staff_share} (trained ÷ on the books); {staff_untrained:value} were not." },
    table { title = { zh = "按学科", en = "by subject" }, by = "discipline", figures = { "class_runs", "served", "served_people" }, total = true },
    chart { kind = "column", title = { zh = "各班次参训人次", en = "attendances by class" }, by = "activity", figure = "served" },
    table { title = { zh = "尚未参训的学科教师", en = "staff not yet trained" }, from = "decision", where = { rule = "all_staff", outcome = "unmet" }, order = { "code" },
      columns = { column_of("编号", "code", "code"), column_of("学校", "school", "school.name"), column_of("学科", "subject", "fact.subject.value") } },

    heading_of(1, "四、手拉手", "4. Hand in hand"),
    paragraph { zh = "{studios}名师工作室培养骨干教师{grown}。卓越校长锻造、中层干部拔节两项计划在培干部{leaders}，导师{tutors}，有导师的干部{tutored}，配备率{tutored_share}（有导师的干部÷在培干部）。",
      en = "{studios:value} studios grew {grown:value} backbone teachers. {leaders:value} school leaders are in the two plans, with {tutors:value} tutors; {tutored:value} have one: {tutored_share} (with a tutor ÷ in a plan)." },
    table { title = { zh = "各工作室培养人数", en = "people by studio" }, by = "studio", figures = { "grown" }, total = true },
    chart { kind = "share", title = { zh = "“个十百千”梯队", en = "the ladder of four tiers" }, by = "fact.tier.value", figure = "grown" },
    table { title = { zh = "两项计划与导师", en = "the two plans and their tutors" }, by = "fact.cadre.plan", figures = { "leaders", "tutored" }, total = true },
    table { title = { zh = "尚无导师的干部", en = "school leaders without a tutor" }, from = "decision", where = { rule = "tutored", outcome = "unmet" }, order = { "code" },
      columns = { column_of("编号", "code", "code"), column_of("学校", "school", "school.name"), column_of("计划", "plan", "fact.cadre.plan") } },

    heading_of(1, "五、一起走", "5. Walking together"),
    paragraph { zh = "领办幼儿园{lead_kindergartens}（公开报道列名三所，后有“等”字），一对一帮带{led_kindergartens}；校际联盟{alliances}，成员学校{alliance_schools}。",
      en = "Lead kindergartens: {lead_kindergartens} (three are named, “and others”), leading {led_kindergartens:value} one to one; {alliances:value} alliances have {alliance_schools:value} schools." },
    table { title = { zh = "幼儿园一对一帮带", en = "kindergartens, one to one" }, from = "relation", where = { kind = "led" }, order = { "a.code" },
      columns = { column_of("领办园", "leads", "b.name"), column_of("帮带园", "is led", "a.name"), column_of("结对时间", "since", "since") } },

    heading_of(1, "六、国培计划", "6. The national programme"),
    paragraph { zh = "国培惠及学校{national_schools}，占全区学校{schools}的{national_share}（国培惠及学校÷全区学校），参训教师{national_people}。",
      en = "{national_schools:value} of {schools:value} schools were reached: {national_share} (schools reached ÷ schools), by {national_people:value} teachers." },
    table { title = { zh = "国培尚未惠及的学校", en = "schools not reached" }, from = "decision", where = { rule = "national_reach", outcome = "unmet" },
      order = { "code" }, columns = { column_of("代码", "code", "code"), column_of("学校", "school", "name") } },

    heading_of(1, "七、制度与资源", "7. Series and banks"),
    paragraph { zh = "校长有约、主任有约双周一次，共举行{talks}：按期举行的系列{series_kept}，有间断的系列{series_broken}。专家库{experts}，讲座库{lectures}。",
      en = "Two series of talks are held every two weeks, {talks:value} in all; held on time: {series_kept:value}, with gaps: {series_broken:value}. The bank of experts has {experts:value} entries, that of lectures {lectures:value}." },
    table { title = { zh = "各系列举行次数", en = "talks by series" }, by = "cohort.name", by_title = { zh = "系列", en = "series" }, figures = { "talks" }, total = true },
    table { title = { zh = "有间断的系列", en = "series with gaps" }, from = "decision", where = { rule = "fortnightly", outcome = "unmet" }, order = { "code" },
      columns = { column_of("系列", "series", "name"), column_of("间断", "gaps", "missing") } },
    table { title = { zh = "专家库、讲座库按方向", en = "banks by field" }, by = "field", figures = { "experts", "lectures" }, total = true },

    heading_of(1, "八、报送情况", "8. Returns"),
    paragraph { zh = "学科教师名册应报送学校{schools}，已报送{returned}，报送率{returned_share}（已报送名册的学校÷全区学校）。",
      en = "{returned:value} of {schools:value} schools sent their roster: {returned_share} (schools that sent ÷ schools)." },
    table { title = { zh = "未报送单位", en = "schools that did not send" }, from = "decision", where = { rule = "returned", outcome = "unmet" }, order = { "code" },
      columns = { column_of("代码", "code", "code"), column_of("学校", "school", "name") } },
    note { zh = "学校、学科、场次、工作室、联盟、资源库和导师的明细为样例数据，公布材料只有各渠道总数；学校和幼儿园以编号代替名称。",
      en = "What stands behind the published totals (schools, subjects, sessions, studios, alliances, banks, tutors) is sample data; schools and kindergartens are numbers." },

    page(),
    heading_of(1, "附件一　各校参与情况", "Appendix 1: by school"),
    table { title = { zh = "各校参与情况", en = "what each school took part in" }, by = "school", figures = { "away", "inducted", "served_people", "grown", "national_people" } },
    heading_of(1, "附件二　外出研修人员", "Appendix 2: people trained away"),
    table { title = { zh = "外出研修人员", en = "people trained away" }, from = "enrollment", where = { kind = "away" }, order = { "cohort.since", "person.code" }, columns = {
      column_of("编号", "code", "person.code"), column_of("学校", "school", "school.name"), column_of("职务", "position", "fact.position.value"),
      column_of("班次", "class", "cohort.name"), column_of("报到日期", "arrived", "since") } },
    heading_of(1, "附件三　名师工作室培养的骨干教师", "Appendix 3: those grown by studios"),
    table { title = { zh = "名师工作室培养的骨干教师", en = "those grown by studios" }, from = "record", where = { kind = "grown" }, order = { "studio", "person.code" }, columns = {
      column_of("编号", "code", "person.code"), column_of("学校", "school", "school.name"), column_of("工作室", "studio", "studio"),
      column_of("梯队", "tier", "fact.tier.value"), column_of("认定日期", "day", "since") } },
  },
}
