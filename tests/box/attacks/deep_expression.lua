-- expect: tables or expressions stand more than 64 deep in each other
local e = records {}
for _ = 1, 10000 do e = e:cap(1) end
return rule { id = "x", needs = { { "x", e } } }
