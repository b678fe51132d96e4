return rule { id = "enough", of = "person", title = { zh = "听课够数", en = "lessons enough" }, needs = {
  { "lessons", records { kind = "lesson" }:at_least(P.enough), zh = "听课", en = "lessons" },
} }
