-- expect: z_attack.lua:3: the script failed: attempt to index a nil value
local _ENV = nil
print = 1
