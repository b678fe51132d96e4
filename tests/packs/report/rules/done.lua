return rule { id = "done", of = "enrollment", title = { zh = "完成", en = "completion" }, needs = {
  { "hours", records { kind = "hours" }:at_least(P.enough), zh = "学时", en = "hours" },
  { "any", records { kind = "hours" }:at_least(P.published_one), zh = "有学时", en = "any hours" },
} }
