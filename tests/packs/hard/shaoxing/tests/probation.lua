case "县定试用期实践90学时 / the county asks for 90 hours of practice" {
  given = { records = { { kind = "probation", mode = "practice", since = "2012-03-01", amount = 70 },
    { kind = "probation", mode = "face_to_face", since = "2012-03-02", amount = 110 } } },
  on = "2012-08-31", expect = { rule = "probation", outcome = "unmet", short = { practice = 20 } } }
