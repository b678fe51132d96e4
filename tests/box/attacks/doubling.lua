-- expect: more than 500000 values are declared
local e = P.x
for _ = 1, 60 do e = e + e end
return rule { id = "x", needs = { { "x", e } } }
