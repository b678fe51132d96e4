-- expect: tables or expressions stand more than 64 deep in each other
local t = {}
for _ = 1, 100000 do t = { t } end
return kinds { x = t }
