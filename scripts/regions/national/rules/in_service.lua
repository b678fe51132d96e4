-- 教师〔2011〕1号: at least 360 hours in each cycle of five years, for everyone in service.
return rule {
  id = "in_service", of = "person", per = "cycle",
  title = { zh = "五年周期在职培训", en = "in-service training of the five-year cycle" },
  applies = P.hours_are_kept:at_least(1),
  needs = {
    { "hours", records { kind = "training" }:at_least(P.in_service_hours), zh = "周期内培训学时", en = "training hours in the cycle" },
  },
}
