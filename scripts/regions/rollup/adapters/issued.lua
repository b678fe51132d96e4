-- What a district issued, as JSON. A document for the same day again takes the place of the one before; only exact numbers are taken.
local people = { "trainees", "programming", "participants", "placed", "away" }
local attendances = { "places", "signatures", "mission_attendances", "served" }
local taken, means = {}, {}
for _, name in ipairs(people) do taken[#taken + 1], means[name] = name, "trained" end
for _, name in ipairs(attendances) do taken[#taken + 1], means[name] = name, "attended" end
return adapter {
  id = "issued", title = { zh = "区县发布的年度报告", en = "a district's issued report" }, reader = "json", sheet = "figures",
  only = { report = "annual", bound = "exact", key = taken },
  key = { column "pack", column "report", column "scope", column "figure", column "on" },
  organization = { code = column "pack" },
  record = { kind = column "figure", of = "organization", on = day "on", amount = amount "number" },
  values = { kind = means },
}
