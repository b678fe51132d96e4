-- 选派名单: the bureau's roster, a workbook with merged title rows above the header and a totals row below the data.
return adapter {
  id = "roster",
  title = { zh = "选派名单", en = "roster" },
  reader = "xlsx", sheet = "名单",
  key = { "person" }, covers = { "cohort" },
  ends = { "填表说明" },
  introduces = { "person", "enrollment" },
  cohort = "HZZG-2",
  organization = { name = column "派出学校" },
  person = { code = column "编号" },
  post = { kind = "teaching", since = day "到校时间" },
  enrollment = {
    kind = "job_shadowing",
    host = { name = column "接收学校" },
    since = day "研修开始", till = day "研修结束",
    attributes = { place = column "研修地区", theme = column "研修主题", plan = column "一人一案" },
  },
  records = {
    { kind = "birth", of = "person", since = day "出生年月" },
    { kind = "hired", of = "person", since = day "参加工作时间" },
    { kind = "position", of = "person", since = day "任现职时间", attributes = { value = column "职务" }, only_if = column "职务" },
    { kind = "backbone", of = "person", since = day "认定时间", level = column "骨干级别", only_if = column "骨干级别" },
    { kind = "nomination", of = "enrollment", since = day "推荐日期", attributes = { quality = "潜力大" }, only_if = column "潜力大" },
    { kind = "nomination", of = "enrollment", since = day "推荐日期", attributes = { quality = "懂业务" }, only_if = column "懂业务" },
    { kind = "nomination", of = "enrollment", since = day "推荐日期", attributes = { quality = "肯探索" }, only_if = column "肯探索" },
    { kind = "nomination", of = "enrollment", since = day "推荐日期", attributes = { quality = "善创新" }, only_if = column "善创新" },
  },
}
