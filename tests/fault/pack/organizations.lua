return organizations { { code = "B", name = "教育局", kind = "bureau" },
  { code = "S1", name = "一小", kind = "school", parent = "B" }, { code = "S2", name = "二小", kind = "school", parent = "B" } }
