-- expect: the script was stopped after 5 seconds of computing
local function again() while true do end end
while true do pcall(pcall, pcall, again) end
