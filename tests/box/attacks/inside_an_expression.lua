-- expect: an expression cannot be changed
local e = records { kind = "x" }
e.args = {}
