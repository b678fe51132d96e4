-- expect: tables or expressions stand more than 64 deep in each other
local t = {}
t.t = t
return kinds(t)
