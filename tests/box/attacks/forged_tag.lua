-- expect: is no declaration
return { { ["@"] = "rule", at = "attack/z_attack.lua:1", id = "x" } }
