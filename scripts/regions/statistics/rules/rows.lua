-- Rows 01 to 11 of the form. A person is in one of 02 to 05 and in every row of a level that applies.
local counted = hours:round("down", 1, "item"):cap(P.day_most, "day")

local function row(number, zh, en, needs)
  return rule { id = "row_" .. number, of = "person", per = "school_year", title = { zh = zh, en = en }, needs = needs }
end
local function level(number, word, zh, en)
  return row(number, zh, en, { { "hours", counted:where { level = word }:more_than(0), zh = zh, en = en } })
end

return {
  row("01", "接受培训", "trained", { { "hours", counted:more_than(0), zh = "学时", en = "hours" } }),
  row("02", "36学时以下", "up to 36 hours", {
    { "some", counted:more_than(0), zh = "有学时", en = "some hours" },
    { "most", counted:at_most(P.band_02_most), zh = "上限", en = "at most" } }),
  row("03", "37至72学时", "37 to 72 hours", {
    { "least", counted:at_least(P.band_03_least), zh = "下限", en = "at least" },
    { "most", counted:at_most(P.band_03_most), zh = "上限", en = "at most" } }),
  row("04", "73至108学时", "73 to 108 hours", {
    { "least", counted:at_least(P.band_04_least), zh = "下限", en = "at least" },
    { "most", counted:at_most(P.band_04_most), zh = "上限", en = "at most" } }),
  row("05", "109学时以上", "109 hours and over", {
    { "least", counted:at_least(P.band_05_least), zh = "下限", en = "at least" } }),
  level("06", "national", "国家级", "national"), level("07", "province", "省级", "province"),
  level("08", "prefecture", "地市级", "prefecture"), level("09", "county", "县级", "county"),
  level("10", "school", "校级", "school"), level("11", "abroad", "境外", "abroad"),
}
