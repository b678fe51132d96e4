-- expect: the result of a computation is no number
return parameters { x = { unit = "x", { from = "2020-01-01", value = 1 / 0, source = "x" } } }
