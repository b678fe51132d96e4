-- Stands first, so that a rule mistaken for the first one is noticed.
return rule { id = "first", of = "person", title = { zh = "第一条", en = "the first" }, needs = {
  { "year", records { kind = "training" }:count():at_least(1), zh = "有培训", en = "any training" },
} }
