-- Second phase, 学回来促改革: each trainee changes something in the home school (成果转化).
return rule {
  id = "application", of = "enrollment",
  title = { zh = "学回来促改革：成果转化", en = "phase 2, come back: application at home" },
  needs = {
    { "change", records { kind = "application" }:distinct "work":at_least(P.application_items),
      zh = "在本校的改革", en = "changes at the home school" },
  },
}
