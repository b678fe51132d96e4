-- People and attendances are two totals, never one.
local function total(kind, unit, title, definition)
  return { of = "organization", from = "record", where = { kind = kind, in_force = true }, measure = "sum", unit = unit, style = { exact = true }, title = title,
    definition = definition }
end
local function decided(outcome, title)
  return { of = "organization", from = "decision", where = { rule = "sent", outcome = outcome }, measure = "count", unit = "个", style = { exact = true }, title = title }
end
return figures {
  trained = total("trained", "人", { zh = "参训人数", en = "people trained" },
    { zh = "各区县当日报告中的参训人数之和，一人只在本区县计一次", en = "the people in the districts' reports of the day together" }),
  attended = total("attended", "人次", { zh = "参训人次", en = "attendances" },
    { zh = "各区县当日报告中的参训人次之和", en = "the attendances in the districts' reports of the day together" }),
  districts = { of = "organization", from = "organization", where = { kind = "district" }, measure = "count", unit = "个", style = { exact = true },
    title = { zh = "应报送区县", en = "districts" } },
  sent = decided("met", { zh = "已报送区县", en = "districts that sent" }),
  not_sent = decided("unmet", { zh = "未报送区县", en = "districts that did not send" }),
  sent_share = { of = "organization", measure = { share = "sent", of = "districts" }, title = { zh = "报送率", en = "share of districts that sent" } },
}
