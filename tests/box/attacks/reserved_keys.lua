-- expect: the key "@" is kept for the program and cannot be declared
return rule { ["@"] = "pack", id = "x" }
