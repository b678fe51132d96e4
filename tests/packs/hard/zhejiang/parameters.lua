local old = "浙教师〔2010〕175号"
local new = "浙江省中小学教师专业发展培训学分制管理办法(试行)(2016)"
return parameters {
  total = { unit = "学分", { from = "2016-09-01", value = 360, source = new } },
  year_least_credits = { unit = "学分", { from = "2016-09-01", value = 24, source = new } },
  credit_per_hour = { unit = "学分/学时",
    { from = "2011-09-01", value = 1, assumed = { zh = "办法按学分计，未写折算，按一学时一学分", en = "the measures count credits without a rate; one hour is taken as one" } } },
  principal_share = { unit = "学分/学时", { from = "2011-09-01", value = "1/2", source = new } },
  probation_hours = { unit = "学时", { from = "2011-01-01", value = 180, source = old } },
  probation_practice = { unit = "学时",
    { from = "2011-01-01", value = 60, source = old }, { from = "2016-09-01", value = 80, source = new } },
  hours_total = { unit = "学时", { from = "2011-01-01", value = 360, source = old } },
  block = { unit = "学时", { from = "2011-01-01", value = 90, source = old } },
  school_year = { unit = "学时", { from = "2011-01-01", value = 24, source = old } },
  school_cycle = { unit = "学时", { from = "2011-01-01", value = 120, source = old } },
  short_year = { unit = "学时", { from = "2011-01-01", value = 24, source = old } },
  short_cycle = { unit = "学时", { from = "2011-01-01", value = 120, source = old } },
  ethics_year = { unit = "学时", { from = "2011-01-01", value = 16, source = old } },
  ethics_cycle = { unit = "学时", { from = "2011-01-01", value = 80, source = old } },
  online_year = { unit = "学时", { from = "2011-01-01", value = 10, source = old } },
  online_cycle = { unit = "学时", { from = "2011-01-01", value = 50, source = old } },
  year_least = { unit = "学时", { from = "2011-01-01", value = 48, source = old } },
  year_most = { unit = "学时", { from = "2011-01-01", value = 144, source = old } },
}
