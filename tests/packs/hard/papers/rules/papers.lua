return rule { id = "papers", of = "person", per = "cycle", title = { zh = "论文", en = "papers" }, needs = {
  { "papers", credits "papers":once { by = "work", keep = highest "level" }:at_least(P.papers), zh = "论文学分", en = "credits of papers" },
} }
