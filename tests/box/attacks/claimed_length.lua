-- expect: attack/z_attack.lua:5: the script failed: the table has gaps
-- few members, an astronomical length
local t = {}
for i = 0, 62 do t[1 << i] = 1 t[(1 << i) + 1] = 1 end
table.insert(t, 1, 0)
