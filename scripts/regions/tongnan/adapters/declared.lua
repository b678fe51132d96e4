-- 申报数: students, of whom there is no list.
return adapter {
  id = "declared", title = { zh = "申报数", en = "declared numbers" },
  reader = "csv", key = { "organization", "audience" },
  organization = { name = column "填报单位" },
  record = { kind = "declared", of = "organization", on = day "填报日期", amount = amount("人数", "人"), attributes = { audience = column "申报内容" } },
}
