-- One person: what was decided, what counted and what did not, what is missing.
return report {
  id = "transcript", of = "person", style = "exact",
  title = { zh = "教师培训与发展档案", en = "Transcript of training and development" },
  blocks = {
    heading { level = 1, zh = "一、判定结果", en = "1. Decisions" },
    decisions { level = 2 },
    heading { level = 1, zh = "二、全部记录", en = "2. All records" },
    table { from = "record", order = { "since", "kind" },
      columns = {
        { title = { zh = "日期", en = "day" }, value = "since" },
        { title = { zh = "种类", en = "kind" }, value = "kind" },
        { title = { zh = "级别", en = "level" }, value = "level" },
        { title = { zh = "方式", en = "mode" }, value = "mode" },
        { title = { zh = "数量", en = "amount" }, value = "amount" },
        { title = { zh = "单位", en = "unit" }, value = "unit" },
      } },
  },
}
