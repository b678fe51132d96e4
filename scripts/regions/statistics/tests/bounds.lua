-- The bounds of the bands, each level, the school year, what does not count.
local function sessions(hours, level)
  local list, day = {}, 0
  while hours > 0 do
    local part = math.min(hours, 8)
    table.insert(list, { kind = "session", level = level or "county", status = "passed", attributes = { proof = "结业证书" }, amount = part * 45,
      since = string.format("2023-%02d-%02d", 10 + day // 28, 1 + day % 28) })
    day, hours = day + 1, hours - part
  end
  return list
end
local function row(id, title, list, expect, on)
  expect.rule = "row_" .. id
  case(title .. ", row_" .. id) { given = { records = list }, on = on or "2024-08-31", expect = expect }
end
-- Which band a number of hours lies in, and how far it is from the bands beside it.
for hours, band in pairs { [1] = "02", [36] = "02", [37] = "03", [72] = "03", [73] = "04", [108] = "04", [109] = "05" } do
  for _, id in ipairs { "02", "03", "04", "05" } do
    row(id, hours .. "学时 / hours", sessions(hours), { outcome = id == band and "met" or "unmet" })
  end
end
row("01", "1学时也是接受培训 / one hour is training", sessions(1), { outcome = "met", had = { hours = 1 } })
row("03", "31至72", sessions(40), { outcome = "met", needed = { least = 37, most = 72 } })
for id, level in pairs { ["06"] = "national", ["07"] = "province", ["08"] = "prefecture", ["09"] = "county", ["10"] = "school", ["11"] = "abroad" } do
  row(id, "一学时即列入该级 / one hour is enough: " .. level, sessions(1, level), { outcome = "met", had = { hours = 1 } })
end
row("01", "一天450分钟只计8学时 / a day of 450 minutes is 8", { { kind = "session", level = "county", status = "passed", attributes = { proof = "结业证书" }, amount = 450, since = "2023-10-01" } },
  { outcome = "met", had = { hours = 8 } })
row("01", "考核不合格不计 / not passed, not counted", { { kind = "session", level = "county", status = "failed", attributes = { proof = "结业证书" }, amount = 450, since = "2023-10-01" } },
  { outcome = "unmet", had = { hours = 0 } })
local function one(day) return { { kind = "session", level = "county", status = "passed", attributes = { proof = "结业证书" }, amount = 45, since = day } } end
row("01", "学年首日计入 / the first day of the school year", one "2023-09-01", { outcome = "met" })
row("01", "前一天不计 / the day before", one "2023-08-31", { outcome = "unmet" })
row("01", "最早的学年自2000年9月1日起 / the earliest school year", one "2000-09-01", { outcome = "met" }, "2000-09-01")
local function session(day, till, minutes) return { kind = "session", level = "county", status = "passed", attributes = { proof = "结业证书" }, amount = minutes, since = day, till = till } end
row("01", "同日两场各44分钟，每场都不足45 / two sessions of 44 minutes on a day, each less than 45",
  { session("2023-10-01", nil, 44), session("2023-10-01", nil, 44) }, { outcome = "unmet", had = { hours = 0 } })
row("01", "同日两场各300分钟，一天仍只计8 / two sessions of 300 minutes on a day are 8",
  { session("2023-10-01", nil, 300), session("2023-10-01", nil, 300) }, { outcome = "met", had = { hours = 8 } })
row("01", "跨学年的归结束的学年 / what spans two school years belongs to the one it ends in", { session("2023-08-31", "2023-09-01", 90) },
  { outcome = "met", had = { hours = 2 } })
row("01", "没有证明的不计 / nothing without proof", { { kind = "session", level = "county", status = "passed", amount = 450, since = "2023-10-01" } },
  { outcome = "unmet", had = { hours = 0 } })
