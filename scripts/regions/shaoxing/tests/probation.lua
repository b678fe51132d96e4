case "县定试用期实践90学时 / the county asks for 90 hours of practice" {
  given = { records = { { kind = "probation", mode = "practice", since = "2012-03-01", amount = 70 },
    { kind = "probation", mode = "face_to_face", since = "2012-03-02", amount = 110 } } },
  on = "2012-08-31", expect = { rule = "probation", outcome = "unmet", short = { practice = 20 } } }
case "2011年首日起适用 / from the first day of 2011" {
  given = { records = { { kind = "probation", mode = "practice", since = "2010-03-01", amount = 70 } } },
  on = "2011-01-01", expect = { rule = "probation", outcome = "unmet", needed = { practice = 90 }, short = { practice = 20 } } }
case "此前没有规定，无法判定 / nothing was laid down before" {
  given = { records = { { kind = "probation", mode = "practice", since = "2010-03-01", amount = 70 } } },
  on = "2010-12-31", expect = { rule = "probation", outcome = "unknown" } }
case "省里2016年改为80，县定90仍然更严 / the province's 80 of 2016 leaves the county's 90 stricter" {
  given = { records = { { kind = "probation", mode = "practice", since = "2016-10-01", amount = 85 } } },
  on = "2017-08-31", expect = { rule = "probation", outcome = "unmet", needed = { practice = 90 }, short = { practice = 5 } } }
