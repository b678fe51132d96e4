-- expect: attack/z_attack.lua:2: the script failed: resulting string too large
return ("x"):rep(1 << 40)
