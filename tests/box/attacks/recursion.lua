-- expect: attack/z_attack.lua:2: the script failed: stack overflow
local function f() return 1 + f() end
f()
