-- What came of the batch: viewers among those who must watch, changes at home until they are done, money spent of money assigned.
local exactly = { exact = true }
local function figure(from, where, unit, measure, zh, en, definition)
  return { of = "organization", from = from, where = where, unit = unit, measure = measure, title = { zh = zh, en = en }, definition = definition, style = exactly }
end
local function share(part, whole, zh, en, definition)
  return { of = "organization", title = { zh = zh, en = en }, definition = definition, measure = { share = part, of = whole } }
end

return figures {
  staff_assigned = figure("record", { kind = "summer_staff" }, "人", { distinct = "person" }, "应训教师", "staff to be trained",
    { zh = "学校报送的暑期全员培训应训名册人数", en = "people on the schools' rosters of the summer training" }),
  staff_watched = figure("decision", { rule = "watched", outcome = "met" }, "人", "count", "已学完", "have watched",
    { zh = "应训名册中至少学完一个分享视频的教师", en = "people on the rosters who watched at least one sharing video" }),
  staff_unwatched = figure("decision", { rule = "watched", outcome = "unmet" }, "人", "count", "未学完", "have not watched",
    { zh = "应训名册中一个分享视频也没有学完的教师", en = "people on the rosters who watched none" }),
  watched_share = share("staff_watched", "staff_assigned", "学完率", "share who watched",
    { zh = "已学完 ÷ 应训教师", en = "have watched ÷ staff to be trained" }),

  applications_begun = figure("record", { kind = "application" }, "项", { distinct = "work" }, "已启动的成果转化", "changes begun",
    { zh = "成果转化清单中的项目", en = "changes on the list" }),
  applications_done = figure("record", { kind = "application_step", step = "⑤验收完成" }, "项", { distinct = "work" }, "已验收的成果转化", "changes done",
    { zh = "有验收完成记录的项目", en = "changes with a record of being accepted" }),
  done_share = share("applications_done", "applications_begun", "验收率", "share done", { zh = "已验收 ÷ 已启动", en = "done ÷ begun" }),
  applications_open = figure("decision", { rule = "accepted", outcome = "unmet" }, "人", { distinct = "person" }, "成果转化尚在进行的学员", "trainees with a change not yet done",
    { zh = "已启动而未验收的学员", en = "trainees whose change is begun and not accepted" }),
  steps_reached = figure("record", { kind = "application_step" }, "项", { distinct = "work" }, "到达的成果转化", "changes that reached it",
    { zh = "有该步骤记录的项目", en = "changes with a record of the step" }),

  funds = figure("record", { kind = "funding" }, "元", { sum = "amount" }, "下达经费", "funds assigned", { zh = "各科目下达金额之和", en = "what was assigned, all items together" }),
  spent = figure("record", { kind = "expense" }, "元", { sum = "amount" }, "已支出", "spent", { zh = "各凭证金额之和", en = "all vouchers together" }),
  spent_share = share("spent", "funds", "执行率", "share spent", { zh = "已支出 ÷ 下达经费", en = "spent ÷ funds assigned" }),
  overspent = figure("decision", { rule = "spending", outcome = "unmet" }, "批", "count", "超支批次", "batches that overspent",
    { zh = "支出大于下达经费的批次，应为0", en = "batches that spent more than was assigned; there should be none" }),
}
