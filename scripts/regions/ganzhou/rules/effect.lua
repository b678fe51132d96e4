-- The effect: the videos are compulsory in the summer training of all staff, each change at home is followed until it is done,
-- and spending stays within the funds that the district's government assigned (政府配经费).
return {
  coverage { id = "watched", of = "person", title = { zh = "分享视频必修：应训教师", en = "staff who must watch a sharing video" },
    where = { ["fact.summer_staff"] = any }, by = { kind = "viewing" } },
  sequence { id = "follow", of = "enrollment", title = { zh = "成果转化跟踪", en = "a change at home, step by step" },
    where = { kind = "application_step" }, by = "work", step = "step", actor = "actor",
    steps = {
      { "①制定方案", zh = "制定方案", en = "planned", actor = "学员" },
      { "②学校审定", zh = "学校审定", en = "approved by the school", actor = "学校" },
      { "③试点实施", zh = "试点实施", en = "tried", actor = "学员" },
      { "④中期检查", zh = "中期检查", en = "inspected", actor = "教育局" },
      { "⑤验收完成", zh = "验收完成", en = "accepted as done", actor = "教育局" },
    } },
  rule { id = "accepted", of = "enrollment", title = { zh = "成果转化验收", en = "the change at home is done" },
    applies = records { kind = "application" }:exists(),
    needs = { { "done", records { kind = "application_step", step = "⑤验收完成" }:exists(), zh = "验收完成", en = "accepted as done" } } },
  rule { id = "spending", of = "cohort", title = { zh = "经费不超支", en = "spending within the funds" },
    applies = records { kind = "funding" }:exists(),
    needs = { { "left", (records { kind = "funding" } - records { kind = "expense" }):at_least(0), zh = "经费结余", en = "left of the funds" } } },
}
