-- Registration: hours, an appraisal passed in every year, ethics.
local function years(passed)
  local list = { { kind = "training", since = "2017-05-01", amount = 360, level = "county" } }
  for year = 2016, 2020 do
    table.insert(list, { kind = "appraisal", since = year .. "-12-31", status = year == passed and "failed" or "passed" })
  end
  return list
end
local function try(title, records, expect)
  expect.rule = "registration"
  case(title) { given = { parameters = { hours_are_kept = 1 }, records = records }, on = "2020-12-31", expect = expect }
end

try("学时、考核、师德都符合 / hours, appraisals and ethics", years(), { outcome = "met", needed = { ["appraisal 2016"] = 1, ethics = 0 } })
try("2018年考核不合格 / the appraisal of 2018 failed", years(2018), { outcome = "unmet", short = { ["appraisal 2018"] = 1 } })
try("没有学时 / no hours", { table.unpack(years(), 2) }, { outcome = "unmet" })
local breach = years()
table.insert(breach, { kind = "misconduct", since = "2019-05-01" })
try("违反师德一次 / one breach of ethics", breach, { outcome = "unmet", short = { ethics = 1 } })
