-- expect: the script needs more than 256 MiB of memory
local s = ("x"):rep(1000000)
for _ = 1, 20 do s = s .. s end
