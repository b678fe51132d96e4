-- expect: attack/z_attack.lua:2: the script failed with an error that is a table, not a text
error({ "x" })
