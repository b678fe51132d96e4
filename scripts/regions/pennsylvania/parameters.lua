local act = "Act 48 of 1999"
return parameters {
  total = { unit = "hour", title = { zh = "五年小时数", en = "hours in five years" }, { from = "2000-07-01", value = 180, source = act } },
  hours_per_credit = { unit = "hour/credit", title = { zh = "每学分小时数", en = "hours per credit" }, { from = "2000-07-01", value = 30, source = act } },
  carry_most = { unit = "hour", title = { zh = "结转上限", en = "most hours carried over" }, { from = "2000-07-01", value = 50, source = act } },
}
