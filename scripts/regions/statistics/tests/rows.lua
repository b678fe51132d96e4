-- T1 to T6; days are given as minutes of a session each.
local function days(first, level, ...)
  local list = {}
  for position, minutes in ipairs { ... } do
    table.insert(list, { kind = "session", level = level, status = "passed", attributes = { proof = "结业证书" }, amount = minutes,
      since = string.format("2023-10-%02d", first + position - 1) })
  end
  return list
end
local function with(list, more)
  for _, record in ipairs(more) do table.insert(list, record) end
  return list
end
-- A case for each row: those named are met, the others are not.
local function try(title, records, hours, ...)
  local met = {}
  for _, number in ipairs { ... } do met["row_" .. number] = true end
  for number = 1, 11 do
    local id = string.format("row_%02d", number)
    local expect = { rule = id, outcome = met[id] and "met" or "unmet" }
    if number == 1 then expect.had = { hours = hours } end
    case(title .. ", " .. id) { given = { records = records }, on = "2024-08-31", expect = expect }
  end
end

try("T1: three days of 360 minutes", days(9, "county", 360, 360, 360), 24, "01", "02", "09")
try("T2: one day of 400 minutes", days(9, "county", 400), 8, "01", "02", "09")
try("T3: one session of 44 minutes", days(9, "county", 44), 0)
try("T4: a day of 90 minutes and one of 44", days(9, "county", 90, 44), 2, "01", "02", "09")
try("T5: eight full days", days(9, "county", 360, 360, 360, 360, 360, 360, 360, 360), 64, "01", "03", "09")
try("T6: 24 hours of the county and 10 of the school",
  with(days(9, "county", 360, 360, 360), days(16, "school", 225, 225)), 34, "01", "02", "09", "10")
