local rules = "常教发〔2017〕10号"
return parameters {
  teaching_years = { unit = "年", { from = "2017-01-01", value = 3, source = rules } },
  age_most = { unit = "年", { from = "2017-01-01", value = 40, source = rules } },
  places = { unit = "人", { from = "2017-01-01", value = 100, source = rules } },
  trainees = { unit = "人", { from = "2017-01-01", value = 2, source = rules } },
}
