-- The reference rule in plain Lua 5.4 with a table per record: lua5.4 rule.lua ROWS PEOPLE [verdicts]
-- ROWS is rows.txt of bench_scan: records by person and day.
local rows, people, verdicts = arg[1], arg[2], arg[3] == "verdicts"
local FIRST, YEARS, REQUIRED = 2021, 5, 360

local function decide(person, records)
  local novice = person.hired > "2024-12-31"
  local year, school, awards = {}, {}, {}
  local total, practice, school_cycle, online_cycle = 0, 0, 0, 0
  for y = FIRST, FIRST + YEARS - 1 do year[y], school[y], awards[y] = 0, 0, 0 end
  for _, r in ipairs(records) do
    local y = tonumber(r.day:sub(1, 4))
    if year[y] then
      local counted
      if r.kind == "award" then
        counted = awards[y] < 2 and 5 or 0
        awards[y] = awards[y] + 1
      elseif r.kind == "school_based" then
        local in_year = math.min(r.hours, 24 - school[y])
        school[y] = school[y] + in_year
        counted = math.min(in_year, 100 - school_cycle)
        school_cycle = school_cycle + counted
      elseif r.mode == "online" then
        counted = math.min(r.hours, 144 - online_cycle)
        online_cycle = online_cycle + counted
      else
        counted = r.hours
      end
      total = total + counted
      year[y] = year[y] + counted
      if r.kind == "placement" or (r.kind == "workshop" and r.mode == "offline") then practice = math.max(practice, r.hours) end
    end
  end
  local needed = novice and 120 or REQUIRED
  local met = total >= needed
  if not novice then
    for y = FIRST, FIRST + YEARS - 1 do met = met and year[y] >= 48 end
    met = met and practice >= 24
  end
  return { met = met, novice = novice, total = total, needed = needed, year = year, practice = practice }
end

local function millionths(hours) return string.format("%d", math.tointeger(hours * 1000000)) end

local function write(code, v)
  local line = { code, v.met and "met" or "unmet", "total=" .. millionths(v.total), "needed=" .. millionths(v.needed) }
  if not v.novice then
    for y = FIRST, FIRST + YEARS - 1 do line[#line + 1] = "year=" .. millionths(v.year[y]) end
    line[#line + 1] = "practice=" .. millionths(v.practice)
  end
  print(table.concat(line, " "))
end

local next_row = io.lines(rows)
local number, kind, mode, day, hours
local function advance()
  local line = next_row()
  if line then
    number, kind, mode, day, hours = line:match("^(%d+) (%S+) (%S+) (%S+) (%S+)$")
    number = tonumber(number)
  else
    number = nil
  end
end
advance()
local met, all = 0, 0
local next_person = io.lines(people)
next_person() -- the titles
for line in next_person do
  local code, hired = line:match("^([^,]+),(.+)$")
  local own, at = {}, tonumber(code:sub(2))
  while number == at do
    own[#own + 1] = { kind = kind, mode = mode, day = day, hours = tonumber(hours) }
    advance()
  end
  local v = decide({ code = code, hired = hired }, own)
  all, met = all + 1, met + (v.met and 1 or 0)
  if verdicts then write(code, v) end
end
if not verdicts then print(all, met) end
