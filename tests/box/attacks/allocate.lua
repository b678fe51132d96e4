-- expect: the script needs more than 256 MiB of memory
local t = {}
while true do t[#t + 1] = ("x"):rep(100000) .. #t end
