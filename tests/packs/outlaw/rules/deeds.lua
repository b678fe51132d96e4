local deeds = { "crash", "exit", "exit_at_once", "abort", "stack", "divide", "forged_end", "garbage", "huge_frame", "leak", "socket",
  "fork", "kill", "create", "world", "hang" }
local rules = {}
for i, deed in ipairs(deeds) do
  rules[i] = rule { id = deed, of = "person", native = "outlaw_" .. deed, title = { zh = deed, en = deed },
    needs = { { "done", zh = "完成", en = "done", unit = "学时" } } }
end
-- A decimal read by a rule in Lua beside them: it is the same whatever they did to rounding.
rules[#rules + 1] = rule { id = "decimal", of = "person", title = { zh = "小数", en = "a decimal" },
  needs = { { "done", zh = "完成", en = "done", unit = "学时" } },
  decide = function(case) case:need("done", 0.7, ">=", 0.7) end }
return rules
