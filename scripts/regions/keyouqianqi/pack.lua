-- 科右前旗 and 海淀: agreements, schools in pairs, placements, a mission, a secondment (2018-2020).
return pack {
  id = "keyouqianqi",
  version = "1",
  api = 1,
  extends = "national",
  title = { zh = "海淀区—科右前旗教育结对帮扶", en = "Haidian and Keyouqianqi: paired assistance" },
  organization = { code = "KYQ-HD", name = "海淀区—科右前旗教育结对帮扶" },
}
