-- expect: the script needs more than 256 MiB of memory
local s = ("x"):rep(100000)
return (s:gsub("x", s))
