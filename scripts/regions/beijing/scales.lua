return scales {
  mode = {
    { "lecture", zh = "集中面授", en = "lecture" }, { "practice", zh = "实践", en = "practice" },
    { "research", zh = "教研", en = "teaching research" }, { "seminar", zh = "研讨", en = "seminar" },
    { "observation", zh = "观摩", en = "observation" }, { "online", zh = "网络", en = "online" },
    { "school_based", zh = "校本", en = "school-based" },
  },
  category = {
    { "common", zh = "公共必修", en = "compulsory, common" },
    { "professional", zh = "专业必修", en = "compulsory, professional" },
    { "elective", zh = "选修", en = "elective" },
    { "school_based", zh = "校本研修", en = "school-based" },
  },
}
