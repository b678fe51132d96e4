-- expect: the file returns more than one value
local t = {}
for i = 1, 100000 do t[i] = i end
return table.unpack(t)
