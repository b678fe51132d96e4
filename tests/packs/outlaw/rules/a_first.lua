return rule { id = "honest", of = "person", title = { zh = "第一条", en = "the first" }, needs = {
  { "any", records { kind = "training" }:count():at_least(0), zh = "有培训", en = "any training" },
} }
