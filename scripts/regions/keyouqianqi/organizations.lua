-- Both sides, and what they founded on 3 November 2020. Schools come with the files.
return organizations {
  { code = "KYQ-HD", name = "海淀区—科右前旗教育结对帮扶", kind = "cooperation" },
  { code = "KYQ-QF", name = "科右前旗", kind = "county", parent = "KYQ-HD" },
  { code = "KYQ-JYJ", name = "科右前旗教育局", kind = "bureau", parent = "KYQ-QF" },
  { code = "KYQ-JD", name = "科右前旗研修基地", kind = "base", parent = "KYQ-JYJ", since = "2020-11-03" },
  { code = "KYQ-ZX", name = "科右前旗教师发展中心", kind = "base", parent = "KYQ-JYJ", since = "2020-11-03" },
  { code = "HD-JW", name = "海淀区教委", kind = "bureau", parent = "KYQ-HD" },
  { code = "HD-JX", name = "海淀区教师进修学校", kind = "institute", parent = "HD-JW" },
}
