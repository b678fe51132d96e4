-- 教师〔2019〕1号: at least 50 hours in five years, practice at least half of what is required.
local training = records { kind = "training", about = "information_technology" }
return rule {
  id = "information_technology", of = "person", per = "cycle",
  title = { zh = "信息技术应用能力", en = "training in information technology" },
  applies = P.hours_are_kept:at_least(1),
  in_force = { from = "2019-04-01", by = "decision" },
  needs = {
    { "hours", training:at_least(P.information_technology_hours:on "decision"), zh = "学时", en = "hours" },
    { "practice", training:where { practice = true }:at_least(P.information_technology_hours:on "decision"
      * P.information_technology_practice:on "decision"), zh = "其中实践", en = "of which practice" },
  },
}
