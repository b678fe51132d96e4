-- What came of the batch, as three offices send it.
return {
  -- 暑期全员培训应训名册: of each school, tab separated; the people are those of the learning platform.
  adapter { id = "summer", title = { zh = "暑期全员培训应训名册", en = "staff of the summer training" }, reader = "csv",
    key = { "person" }, introduces = { "person" }, cohort = "HZZG-2",
    person = { code = column "学员编号" }, post = { kind = "teaching", since = day "报送日期", organization = { name = column "学校" } },
    record = { kind = "summer_staff", of = "person", since = day "报送日期" } },
  -- 成果转化跟踪表: a line each time that something happens.
  adapter { id = "follow", title = { zh = "成果转化跟踪表", en = "changes at home, step by step" }, reader = "csv",
    key = { "person", "work", "step" }, cohort = "HZZG-2", person = { code = column "编号" }, organization = { name = column "学校" },
    record = { kind = "application_step", of = "enrollment", on = day "办理日期",
      attributes = { work = column "转化成果", step = column "步骤", actor = column "办理" } } },
  adapter { id = "funding", title = { zh = "经费下达", en = "funds assigned" }, reader = "xlsx", sheet = "经费下达", key = { "item" }, cohort = "HZZG-2",
    record = { kind = "funding", of = "cohort", on = day "下达日期", amount = amount("金额", "元"), attributes = { item = column "科目" } } },
  adapter { id = "expenses", title = { zh = "经费支出", en = "money spent" }, reader = "xlsx", sheet = "支出明细", key = { "voucher" }, cohort = "HZZG-2",
    record = { kind = "expense", of = "cohort", on = day "支出日期", amount = amount("金额", "元"),
      attributes = { item = column "科目", voucher = column "凭证号" } } },
}
