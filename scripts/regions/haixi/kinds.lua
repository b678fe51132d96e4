-- A place in the class, a signature at a session, a certificate, and what counties send about their clusters.
return kinds {
  county_bureau = { type = "organization", title = { zh = "县（市）教育局", en = "county bureau" } },
  class_place = { type = "enrollment", title = { zh = "参训名额", en = "place in the class" },
    attributes = { category = { type = "text", title = { zh = "学员类别", en = "category" },
      words = { "分管负责人", "科室人员", "牵头校负责人", "拟牵头校负责人" } } } },
  sign_in = { of = { "enrollment" }, unit = "学时", decimals = 1, title = { zh = "签到", en = "signature at a session" },
    attributes = { phase = { type = "text", title = { zh = "阶段", en = "phase" },
      words = { "开班仪式", "理论学习", "案例分享", "实地观摩", "交流研讨", "结业典礼" } } } },
  certificate = { of = { "enrollment" }, amount = "none", status = { "in_force", "revoked" },
    title = { zh = "结业证书", en = "certificate" }, attributes = { number = { type = "text", title = { zh = "证书编号", en = "number" } } } },
  cluster_return = { of = { "organization" }, amount = "none", title = { zh = "集团校报送表", en = "return about clusters" } },
  lead = { type = "relation", title = { zh = "牵头校", en = "lead school" },
    attributes = { state = { type = "text", title = { zh = "状态", en = "state" }, words = { "已成立", "拟成立" } } } },
  member = { type = "relation", title = { zh = "成员校", en = "member school" },
    attributes = { state = { type = "text", title = { zh = "状态", en = "state" }, words = { "已成立", "拟成立" } } } },
}
