-- expect: sound
-- another environment hides names, it offers none
local print = print
local _ENV = { print = print }
assert = 1
local s = ("x"):rep(3)
