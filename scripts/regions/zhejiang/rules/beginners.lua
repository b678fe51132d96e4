-- Outside the cycle: new teachers in probation, new principals.
local principal = records { kind = "principal_training" }
return {
  rule { id = "probation", of = "person", title = { zh = "试用期培训", en = "probation training" },
    applies = records { kind = "probation" }:exists(), needs = {
      { "hours", hours "probation":at_least(P.probation_hours), zh = "学时", en = "hours" },
      { "practice", hours "probation":where { mode = "practice" }:at_least(P.probation_practice), zh = "实践", en = "practice" },
    } },
  rule { id = "principal", of = "person", title = { zh = "新任校长任职资格培训", en = "training of new principals" },
    applies = principal:exists(), needs = {
      { "hours", principal:at_least(P.principal_hours), zh = "学时", en = "hours" },
      { "face", principal:where { mode = "face_to_face" }:at_least(P.principal_face_to_face), zh = "集中", en = "face-to-face" },
    } },
}
