-- 教师梯队名册: two title rows above the header, totals below. Both ladders' names stand in it.
return adapter {
  id = "roster", title = { zh = "教师梯队名册", en = "roster of the ladder" },
  reader = "xlsx", sheet = "梯队名册",
  key = { "person", "kind", "since" }, introduces = { "person" }, ends = { "填表说明" },
  organization = { name = column "工作单位" },
  person = { code = column "教师编号" },
  post = { kind = "teaching", since = day "入职时间" },
  records = {
    { kind = "hired", of = "person", since = day "参加工作时间" },
    { kind = "stage", of = "person", since = day "认定时间", attributes = { value = column "梯队层级" }, only_if = column "梯队层级" },
  },
}
