-- expect: sound
local s = (""):rep(math.maxinteger)
