-- 校本案例流转单: a row for each case, a column for each of the five steps with the day it was taken.
local records = {}
for _, one in ipairs { { "教师提出问题", "教师" }, { "备课组预诊", "备课组" }, { "区级研训组会诊", "区级研训组" }, { "指导备课组形成方案", "区级研训组" },
  { "教师实践并形成案例", "教师" } } do
  records[#records + 1] = { kind = "case_step", of = "person", on = day(one[1]), only_if = column(one[1]),
    attributes = { case_no = column "案例编号", step = one[1], actor = one[2] } }
end
return adapter {
  id = "cases", title = { zh = "校本案例流转单", en = "course of school-based cases" },
  reader = "xlsx", sheet = "案例流转", ends = { "说明" },
  key = { column "案例编号", "step" },
  person = { code = column "教师编号" },
  records = records,
}
