-- Placements in partner schools since the agreement; one mission of three days.
return programmes {
  {
    code = "KYQ-BF", name = "海淀区—科右前旗结对帮扶", kind = "training_programme", level = "county", organization = "KYQ-HD", since = "2018-12",
    cohorts = {
      { code = "KYQ-GG", name = "跟岗培训", kind = "batch", organization = "KYQ-HD", since = "2018-12" },
      { code = "KYQ-SY", name = "2020年11月送研送教", kind = "batch", organization = "KYQ-HD", since = "2020-11-03", till = "2020-11-05" },
    },
  },
}
