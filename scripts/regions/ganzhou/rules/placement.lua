-- First phase, 走出去拓视野: a month in the host school, with lessons observed, research sessions and written reports.
-- A placement whose host nobody named cannot be confirmed by one: it is neither completed nor uncompleted.
return rule {
  id = "placement", of = "enrollment",
  title = { zh = "走出去拓视野：跟岗研修结业", en = "phase 1, go out: completion of the placement" },
  applies = known "host",
  needs = {
    { "days", records { kind = "placement" }:at_least(P.placement_days), zh = "跟岗天数", en = "days at the host school" },
    { "observations", records { kind = "lesson_observation" }:count():at_least(P.placement_observations),
      zh = "听课", en = "lessons observed" },
    { "sessions", records { kind = "research_session" }:distinct "activity":at_least(P.placement_sessions),
      zh = "参加教研", en = "research sessions attended" },
    { "reports", records { kind = "report" }:at_least(P.placement_characters), zh = "书面研修成果", en = "written reports" },
  },
}
