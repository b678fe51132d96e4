local assumed = { zh = "试验用值", en = "a value for trying" }
local function hours(value) return { unit = "学时", { from = "2020-01-01", value = value, assumed = assumed } } end
local function share(value) return { { from = "2020-01-01", value = value, assumed = assumed } } end
return parameters {
  total = hours(100), head_teacher = hours(120), extra = hours(20), topic_least = hours(6),
  ethics_share = share("1/5"), digital_share = share("1/2"), failed_share = share("1/2"), personnel_rate = share("3/4"),
}
