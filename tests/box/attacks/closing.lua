-- expect: attack/z_attack.lua:2: the script failed: variable 'x' got a non-closable value
local x <close> = {}
