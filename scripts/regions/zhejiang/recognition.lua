return {
  recognition { id = "credits", unit = "学分", from = "学时", title = { zh = "学分", en = "credits" }, {
    { as = "principal", zh = "校长培训（折半）", en = "principals' training, half", when = { kind = "principal_training" }, rate = P.principal_share },
    { as = "training", zh = "培训", en = "training", when = { kind = { "training", "short_training", "ethics", "school_based" } }, rate = P.credit_per_hour },
  }, otherwise = ignore { zh = "周期外的培训", en = "outside the cycle" } },
  recognition { id = "hours", unit = "学时", from = "学时", title = { zh = "学时", en = "hours" }, {
    { as = "probation", zh = "试用期培训", en = "probation", when = { kind = "probation" } },
    { as = "face_to_face", zh = "面授培训", en = "face-to-face", when = { kind = "training", mode = "face_to_face" } },
    { as = "other", zh = "其他培训", en = "other training", when = { kind = { "training", "short_training", "ethics", "school_based" } } },
  }, otherwise = ignore { zh = "周期外的培训", en = "outside the cycle" } },
}
