-- 人数申报, sheet 挂职: who was seconded to the centre.
return adapter {
  id = "secondments",
  title = { zh = "挂职人员", en = "people seconded" },
  reader = "xlsx", sheet = "挂职",
  key = { "person" },
  introduces = { "person" },
  organization = { name = column "派出单位" },
  person = { code = column "挂职人员" },
  post = { kind = "teaching" },
  record = { kind = "secondment", of = "person", since = day "挂职时间" },
}
