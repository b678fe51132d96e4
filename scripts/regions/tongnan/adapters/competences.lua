-- 培训师能力评定表: six columns, one for each competence.
local records = {}
for _, one in ipairs { "设计", "组织", "教学", "指导", "评价", "研究" } do
  records[#records + 1] = { kind = "competence", of = "person", on = day "评定日期", amount = amount(one, "分"), attributes = { competence = one } }
end
return adapter {
  id = "competences", title = { zh = "培训师能力评定表", en = "ratings of trainers" },
  reader = "csv", key = { "person", "since", "competence" },
  person = { code = column "培训师编号" },
  records = records,
}
