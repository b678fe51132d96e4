-- A county may be stricter than its province: it overrides one dated parameter.
return pack {
  id = "shaoxing", version = "1", api = 1, extends = "zhejiang",
  title = { zh = "绍兴县教师培训", en = "Shaoxing county" },
}
