-- The rows of the form, named as it names them.
local titles = { { "接受培训", "trained" }, { "36学时及以下", "up to 36 hours" }, { "37至72学时", "37 to 72 hours" }, { "73至108学时", "73 to 108 hours" },
  { "109学时及以上", "109 hours and over" }, { "国家级", "national" }, { "省级", "province" }, { "地市级", "prefecture" }, { "县级", "county" },
  { "校级", "school" }, { "境外", "abroad" } }
local list = {}
for number, title in ipairs(titles) do
  local id = string.format("row_%02d", number)
  list[id] = { of = "organization", unit = "人", from = "decision", where = { rule = id, outcome = "met" }, measure = { distinct = "person" },
    title = { zh = string.format("%02d %s", number, title[1]), en = string.format("%02d %s", number, title[2]) } }
end
return figures(list)
