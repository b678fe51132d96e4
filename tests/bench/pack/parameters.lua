local assumed = { zh = "测速用值，不出自任何文件", en = "a value for measuring, from no published text" }
local function hours(value) return { unit = "学时", { from = "2015-01-01", value = value, assumed = assumed } } end
return parameters {
  required = hours(360), novice = hours(120), yearly = hours(48), practice = hours(24),
  school_year = hours(24), school_cycle = hours(100), online = hours(144), award = hours(5),
  awards = { { from = "2015-01-01", value = 2, assumed = assumed } },
  novice_after = { { from = "2015-01-01", value = "2024-12-31", assumed = assumed } },
}
