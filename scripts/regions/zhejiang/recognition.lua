return {
  recognition { id = "credits", unit = "学分", from = "学时", {
    { as = "principal", when = { kind = "principal_training" }, rate = P.principal_share },
    { as = "training", when = { kind = { "training", "short_training", "ethics", "school_based" } }, rate = P.credit_per_hour },
  }, otherwise = ignore { zh = "周期外的培训", en = "outside the cycle" } },
  recognition { id = "hours", unit = "学时", from = "学时", {
    { as = "probation", when = { kind = "probation" } },
    { as = "face_to_face", when = { kind = "training", mode = "face_to_face" } },
    { as = "other", when = { kind = { "training", "short_training", "ethics", "school_based" } } },
  }, otherwise = ignore { zh = "周期外的培训", en = "outside the cycle" } },
}
