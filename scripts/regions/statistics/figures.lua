local list = {}
for number = 1, 11 do
  local id = string.format("row_%02d", number)
  list[id] = { of = "organization", unit = "人", from = "decision", where = { rule = id, outcome = "met" },
    title = { zh = string.format("第%02d行", number), en = string.format("row %02d", number) }, measure = { distinct = "person" } }
end
return figures(list)
