-- expect: the script was stopped after 5 seconds of computing
local function f() pcall(f) while true do end end
while true do pcall(f) end
