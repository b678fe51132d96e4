-- expect: sound
-- a loop to the last integer ends there: it does not come round
local count = 0
for i = math.maxinteger - 2, math.maxinteger do count = count + 1 end
assert(count == 3)
