local rules = "常教发〔2017〕10号"
return parameters {
  teaching_years = { unit = "年", title = { zh = "教龄", en = "years of teaching" }, { from = "2017-01-01", value = 3, source = rules } },
  age_most = { unit = "年", title = { zh = "年龄上限", en = "highest age" }, { from = "2017-01-01", value = 40, source = rules } },
  places = { unit = "人", title = { zh = "每年名额", en = "places a year" }, { from = "2017-01-01", value = 100, source = rules } },
  trainees = { unit = "人", title = { zh = "每名导师学员数", en = "trainees of a mentor" }, { from = "2017-01-01", value = 2, source = rules } },
}
