-- expect: the script needs more than 256 MiB of memory
local kept = {}
while true do pcall(function() for i = 1, 1e9 do kept[#kept + 1] = ("x"):rep(20000) .. i end end) end
