-- What came of the programme: who watched, how the changes at home stand, what was spent.
local function column_of(zh, en, path) return { title = { zh = zh, en = en }, value = path } end

return report {
  id = "effect", of = "organization", style = "published",
  title = { zh = "甘州区“红烛之光”人才项目成效报告", en = "The Red Candle talent programme of Ganzhou: what came of it" },
  blocks = {
    heading { level = 1, zh = "一、概况", en = "1. Overview" },
    key_figures { "staff_assigned", "staff_watched", "watched_share", "applications_begun", "applications_done", "done_share", "funds", "spent", "spent_share" },

    heading { level = 1, zh = "二、分享视频作为暑期全员培训必修内容", en = "2. The sharing videos in the summer training" },
    paragraph { zh = "应训教师{staff_assigned}，已学完{staff_watched}，学完率{watched_share}（已学完÷应训教师），未学完{staff_unwatched}。",
      en = "Of {staff_assigned:value} people to be trained {staff_watched:value} watched a sharing video: {watched_share} (have watched ÷ to be trained); {staff_unwatched:value} did not." },
    table { title = { zh = "各校学习情况", en = "by school" }, by = "school", figures = { "staff_assigned", "staff_watched", "staff_unwatched", "watched_share" }, total = true },
    chart { kind = "bar", title = { zh = "各校未学完人数", en = "who has not watched, by school" }, by = "school", figure = "staff_unwatched" },

    heading { level = 1, zh = "三、成果转化跟踪", en = "3. Changes at home, followed until done" },
    paragraph { zh = "已启动成果转化{applications_begun}，已验收{applications_done}，验收率{done_share}（已验收÷已启动）；尚在进行的学员{applications_open}。",
      en = "{applications_begun:value} changes are begun, {applications_done:value} are done: {done_share} (done ÷ begun); not yet done: {applications_open:value}." },
    chart { kind = "column", title = { zh = "到达各步骤的成果转化", en = "changes that reached each step" }, by = "step", figure = "steps_reached" },
    table { title = { zh = "每人进展", en = "step by step" }, from = "record", where = { kind = "application_step" }, order = { "person.code", "since" },
      columns = { column_of("编号", "code", "person.code"), column_of("学校", "school", "school.name"), column_of("转化成果", "what changed", "work"),
        column_of("步骤", "step", "step"), column_of("日期", "day", "since"), column_of("办理", "by", "actor") } },
    table { title = { zh = "尚未验收的学员", en = "not yet done" }, from = "decision", where = { rule = "accepted", outcome = "unmet" }, order = { "person.code" },
      columns = { column_of("编号", "code", "person.code"), column_of("学校", "school", "school.name") } },
    table { title = { zh = "尚未启动的学员", en = "not yet begun" }, from = "decision", where = { rule = "application", outcome = "unmet" }, order = { "person.code" },
      columns = { column_of("编号", "code", "person.code"), column_of("学校", "school", "school.name") } },

    heading { level = 1, zh = "四、经费", en = "4. Money" },
    paragraph { zh = "区政府下达经费{funds}，已支出{spent}，执行率{spent_share}（已支出÷下达经费）；超支批次{overspent}。",
      en = "{funds:value} yuan were assigned, {spent:value} yuan are spent: {spent_share} (spent ÷ funds assigned); batches that overspent: {overspent:value}." },
    table { title = { zh = "按科目", en = "by item" }, by = "item", figures = { "funds", "spent", "spent_share" }, total = true },
    note { zh = "应训名册、转化进展和经费为样例数据：公布的只有视频覆盖4600余人和六项成果转化。", en = "The rosters, the steps and the money are sample data: published are the educators reached and six changes at home." },
  },
}
