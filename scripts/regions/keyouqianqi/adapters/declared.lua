-- 人数申报, sheet 申报: audiences, and teachers sent of whom no list exists: 300余人, 多名.
return adapter {
  id = "declared",
  title = { zh = "人数申报", en = "declared numbers" },
  reader = "xlsx", sheet = "申报",
  key = { column "事项" },
  organization = { name = column "单位" },
  records = {
    { kind = "lecture_audience", of = "organization", on = day "日期", amount = amount("听众", "人"), only_if = column "听众" },
    { kind = "sent_to_teach", of = "organization", on = day "日期", amount = amount("支教教师", "名"), only_if = column "支教教师" },
  },
}
