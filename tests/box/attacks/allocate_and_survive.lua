-- expect: the script needs more than 256 MiB of memory
local function f() local s = "x" while true do s = s .. s end end
while true do pcall(f) end
