local assumed = { zh = "试验用值", en = "a value for trying" }
local function hours(value) return { unit = "学时", { from = "2010-01-01", value = value, assumed = assumed } } end
return parameters {
  ten = hours(10), six = hours(6), four = hours(4), least = hours(3),
  rising = { unit = "学时", { from = "2010-01-01", value = 10, assumed = assumed }, { from = "2021-06-01", value = 20, assumed = assumed },
    { from = "2022-01-01", value = 30, assumed = assumed } },
  rate = { unit = "学分/学时", by = "level", { from = "2010-01-01", value = { school = "1/7", county = "1/3", city = "1/2" }, assumed = assumed },
    { from = "2021-06-01", value = { school = "1/7", county = "2/3", city = 1 }, assumed = assumed } },
  one = { unit = "学分", { from = "2010-01-01", value = 1, assumed = assumed } },
}
