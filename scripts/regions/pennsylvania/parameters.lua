local act = "Act 48 of 1999"
return parameters {
  total = { unit = "hour", { from = "2000-07-01", value = 180, source = act } },
  hours_per_credit = { unit = "hour/credit", { from = "2000-07-01", value = 30, source = act } },
  carry_most = { unit = "hour", { from = "2000-07-01", value = 50, source = act } },
}
