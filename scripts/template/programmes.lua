-- What runs: a programme and its classes. 项目及其班次。
return programmes {
  { code = "TR", name = "骨干教师研修", kind = "training_programme", level = "county", organization = "B-01",
    cohorts = {
      { code = "TR-1", name = "第一期", kind = "class", organization = "B-01", since = "2025-03-01", till = "2025-12-31" },
    } },
}
