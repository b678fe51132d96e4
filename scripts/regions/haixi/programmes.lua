-- One class of eight days. Its days are not published, only their number: those of the sample are assumed.
return programmes {
  {
    code = "HXGP", name = "国培计划：城乡一体化与集团化办学", kind = "training_programme", level = "national", organization = "HX-JYJ",
    cohorts = {
      { code = "HXGP-2025", name = "国培计划（2025）海西州集团化办学培训班", kind = "class", organization = "HX-JYJ",
        since = "2025-10-13", till = "2025-10-20" },
    },
  },
}
