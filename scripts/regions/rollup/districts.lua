-- Who is to send. The code is the id of the district's pack, which its document names.
return {
  kinds {
    district = { type = "organization", title = { zh = "区县", en = "district" } },
    trained = { of = "organization", unit = "人", amount = "required", title = { zh = "参训人数", en = "people trained" } },
    attended = { of = "organization", unit = "人次", amount = "required", title = { zh = "参训人次", en = "attendances" } },
  },
  organizations {
    { code = "UP", name = "上级教育行政部门", kind = "bureau" },
    { code = "ganzhou", name = "甘州区", kind = "district", parent = "UP" },
    { code = "tongnan", name = "潼南区", kind = "district", parent = "UP" },
    { code = "haixi", name = "海西州", kind = "district", parent = "UP" },
    { code = "keyouqianqi", name = "科右前旗", kind = "district", parent = "UP" },
    { code = "chengzhong", name = "城中区", kind = "district", parent = "UP" },
  },
  -- of the day of the report: what was sent for another day counts for that day
  coverage { id = "sent", of = "organization", title = { zh = "区县报送", en = "districts that sent" },
    where = { kind = "district" }, by = { kind = "trained", in_force = true } },
}
