-- Three levels of responsibility: 区教委, 区进修学院, 基层学校. The published text names two schools of four and no others:
-- schools stand here under numbers.
local list = {
  { code = "TN-JYW", name = "潼南区教育委员会", kind = "bureau", aliases = { "潼南区教委" } },
  { code = "TN-JXXY", name = "潼南区教师进修学院", kind = "institute", parent = "TN-JYW", aliases = { "潼南区进修学院", "潼南进修学院" } },
}
local numbers = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" }
for at, number in ipairs(numbers) do
  list[#list + 1] = { code = string.format("TN-%02d", at), name = "潼南基层学校（" .. number .. "）", kind = "school", parent = "TN-JYW",
    aliases = { "潼南基层学校" .. number } }
end
return organizations(list)
