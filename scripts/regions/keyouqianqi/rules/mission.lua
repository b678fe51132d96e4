-- A member of the mission was there on each of its three days; a placement lasted as long as it has to.
return {
  rule {
    id = "mission", of = "enrollment",
    title = { zh = "送研送教完成", en = "mission completed" },
    applies = { kind = "mission_member" },
    needs = { { "days", records { kind = "mission_activity" }:days():at_least(P.mission_days), zh = "参加天数", en = "days there" } },
  },
  rule {
    id = "placed", of = "enrollment",
    title = { zh = "跟岗完成", en = "placement completed" },
    applies = { kind = "job_shadowing" },
    needs = { { "days", records { kind = "placement" }:at_least(P.placement_days), zh = "跟岗天数", en = "days at the partner school" } },
  },
}
