-- expect: attack/z_attack.lua:3: the script was stopped after 5 seconds of computing
-- expect: look for a loop that does not end
while true do end
