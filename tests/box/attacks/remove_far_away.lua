-- expect: position out of bounds
local t = { "a", "b" }
assert(table.remove(t) == "b" and #t == 1 and table.remove(t, 2) == nil and table.remove(t, 1) == "a")
assert(table.remove(t) == nil and table.remove(t, 0) == nil and table.remove(t, 1) == nil)
t[0] = "z"
assert(table.remove(t) == "z" and t[0] == nil)
for _, at in ipairs { 2, -1, math.maxinteger } do
  local good, why = pcall(table.remove, {}, at)
  assert(not good and why:find("position out of bounds", 1, true), at)
end
table.remove({}, math.mininteger)
