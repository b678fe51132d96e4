-- Z1 to Z5 of the regulation's table. The years of a cycle begin in September.
local function yearly(first, kind, mode, ...)
  local list = {}
  for position, amount in ipairs { ... } do
    if amount > 0 then
      table.insert(list, { kind = kind, mode = mode, since = tostring(first + position - 1) .. "-10-10", amount = amount })
    end
  end
  return list
end
local function with(list, ...)
  for _, record in ipairs { ... } do table.insert(list, record) end
  return list
end

case "Z1: 第五年不足24学分 / the fifth year is below 24" {
  given = { records = yearly(2016, "training", "face_to_face", 100, 100, 100, 40, 20) }, on = "2021-08-31",
  expect = { rule = "cycle", outcome = "unmet", had = { total = 360 }, short = { ["year 2020"] = 4 }, unmet = { "year 2020" } } }
case "Z2: 每年72学分 / 72 in each year" {
  given = { records = yearly(2016, "training", "face_to_face", 72, 72, 72, 72, 72) }, on = "2021-08-31",
  expect = { rule = "cycle", outcome = "met", had = { total = 360 } } }
case "Z3: 试用期培训不计入周期 / probation does not count in the cycle" {
  given = { records = with(yearly(2016, "training", "face_to_face", 80, 80, 80, 60, 40),
    { kind = "probation", mode = "practice", since = "2016-09-20", amount = 180 }) }, on = "2021-08-31",
  expect = { rule = "cycle", outcome = "unmet", had = { total = 340 }, short = { total = 20 }, unmet = { "total" } } }
case "Z4: 新任校长培训折半计入 / half of a new principal's training counts" {
  given = { records = with(yearly(2016, "training", "face_to_face", 42, 42, 42, 42, 42),
    { kind = "principal_training", mode = "face_to_face", since = "2017-07-01", till = "2017-08-15", amount = 300 }) }, on = "2021-08-31",
  expect = { rule = "cycle", outcome = "met", had = { total = 360 } } }
case "Z5: 2010年办法下校本计120、网络计20 / under the text of 2010 school-based counts 120 and online 20" {
  given = { records = with(yearly(2011, "school_based", "on_site", 30, 30, 30, 30, 30),
    table.unpack(yearly(2011, "training", "online", 20, 20))) }, on = "2016-08-31",
  expect = { rule = "cycle_2010", outcome = "unmet", had = { total = 140 }, short = { total = 220 }, left = { total = 50 } } }
case "2010年办法不用于2016年9月起的周期 / the text of 2010 is not in force in a cycle from September 2016" {
  given = { records = yearly(2016, "training", "face_to_face", 10) }, on = "2021-08-31",
  expect = { rule = "cycle_2010", outcome = "not_applicable" } }
case "不间断的集中培训按相接的日期合并 / touching dates make one block" {
  given = { records = {
    { kind = "training", mode = "face_to_face", since = "2012-07-02", till = "2012-07-06", amount = 40 },
    { kind = "training", mode = "face_to_face", since = "2012-07-07", till = "2012-07-13", amount = 50 },
    { kind = "training", mode = "face_to_face", since = "2013-07-01", till = "2013-07-10", amount = 80 } } },
  on = "2016-08-31", expect = { rule = "cycle_2010", outcome = "unmet", had = { block = 90 } } }
case "省定试用期实践60学时 / the province asks for 60 hours of practice" {
  given = { records = { { kind = "probation", mode = "practice", since = "2012-03-01", amount = 60 },
    { kind = "probation", mode = "face_to_face", since = "2012-03-02", amount = 120 } } },
  on = "2012-08-31", expect = { rule = "probation", outcome = "met", had = { hours = 180, practice = 60 } } }
case "第一年恰好24学分 / exactly 24 in the first year" {
  given = { records = yearly(2016, "training", "face_to_face", 24, 84, 84, 84, 84) }, on = "2021-08-31",
  expect = { rule = "cycle", outcome = "met", had = { total = 360, ["year 2016"] = 24 } } }
case "2016年办法不用于此前开始的周期 / the text of 2016 is not in force in a cycle that began before" {
  given = { records = yearly(2011, "training", "face_to_face", 10) }, on = "2016-08-31", expect = { rule = "cycle", outcome = "not_applicable" } }
case "2016年9月1日起按学分计，校长培训折半 / credits from 1 September 2016 on, half of principals' training" {
  given = { records = { { kind = "training", mode = "face_to_face", since = "2016-09-01", amount = 10 },
    { kind = "principal_training", mode = "face_to_face", since = "2016-09-01", amount = 10 } } }, on = "2021-08-31",
  expect = { rule = "cycle", outcome = "unmet", had = { total = 15 } } }
