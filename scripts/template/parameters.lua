-- What is required, from which day, according to which text. Where nothing is published, say why a value is assumed.
-- 要求是多少、从哪天起、出自哪份文件。没有公布的，写明为何假定。
return parameters {
  class_hours = { title = { zh = "研修应修学时", en = "hours of the class" }, unit = "学时",
    { from = "2025-01-01", value = 24, assumed = { zh = "样例数值，请换成本区文件的规定", en = "a sample value; take the one of your district's text" } } },
  class_days = { title = { zh = "研修最少天数", en = "fewest days of the class" }, unit = "天",
    { from = "2025-01-01", value = 3, assumed = { zh = "样例数值，请换成本区文件的规定", en = "a sample value; take the one of your district's text" } } },
}
