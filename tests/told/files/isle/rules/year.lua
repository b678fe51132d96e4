local part = records { kind = "share_of_post", value = less_than(P.below) }:exists()
local all = hours "face":where {} + hours "online":cap(P.online, "school_year")
  + hours "lecture":cap(P.lectures * P.lecture, "school_year")
return {
  period { id = "school_year", title = { zh = "学年", en = "school year" }, starts = "2025-09-01", lasts = { years = 1 } },
  rule { id = "hours", of = "person", per = "school_year", title = { zh = "学时", en = "hours" }, needs = {
    { "all", all:at_least(choose { { when = part, take = P.part }, otherwise = P.full }), zh = "全部", en = "all" } } },
}
