-- expect: the script needs more than 256 MiB of memory
local t = {}
for i = 1, 1e9 do t[i] = { i } end
