-- expect: z_attack.lua
return parameters { x = { unit = "x", { from = "2020-01-01", value = math.mininteger, source = "x" } } }
