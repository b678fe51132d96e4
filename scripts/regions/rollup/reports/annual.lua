-- Who sent, what it adds up to, district by district.
return report {
  id = "annual", of = "organization", style = "published", title = { zh = "各区县教师培训年度汇总", en = "Training of teachers: the districts together" },
  blocks = {
    heading { level = 1, zh = "一、报送情况", en = "1. Who has sent" },
    paragraph { zh = "应报送{districts}区县，已报送{sent}，报送率{sent_share}（已报送区县÷应报送区县），未报送{not_sent}。",
      en = "{sent:value} of {districts:value} districts sent their report: {sent_share} (sent ÷ districts); not sent: {not_sent:value}." },
    table { title = { zh = "未报送单位", en = "districts that did not send" }, from = "decision", where = { rule = "sent", outcome = "unmet" },
      order = { "code" }, columns = { { title = { zh = "区县", en = "district" }, value = "name" } } },
    heading { level = 1, zh = "二、培训规模", en = "2. Training" },
    key_figures { "trained", "attended" },
    table { title = { zh = "各区县培训规模", en = "by district" }, by = "organization", by_title = { zh = "区县", en = "district" },
      figures = { "trained", "attended" }, total = true },
    chart { kind = "bar", title = { zh = "各区县参训人数", en = "people trained by district" }, by = "organization", figure = "trained" },
    note { zh = "人数与人次口径不同，分别合计，不相加；没有列出人次的区县其报告中没有这一项。",
      en = "People and attendances are counted differently and never added; a district without attendances has none in its report." },
  },
}
