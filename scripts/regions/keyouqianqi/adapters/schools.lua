-- 受援学校名单: all schools of the receiving district, the denominator of the coverage.
return adapter {
  id = "schools",
  title = { zh = "受援学校名单", en = "schools of the receiving district" },
  reader = "csv",
  introduces = { "organization" },
  organization = { kind = "receiving_school", code = column "学校代码", name = column "受援学校名称", parent = { kind = "bureau", name = "科右前旗教育局" },
    attributes = { section = column "学段" } },
}
