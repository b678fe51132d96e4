-- The schools are not named in what was published: they are numbers here.
local list = {
  { code = "CZ-JYJ", name = "西宁市城中区教育局", kind = "bureau" },
  { code = "CZ-UNION-1", name = "第一校际联盟", kind = "cluster", parent = "CZ-JYJ" },
  { code = "CZ-UNION-2", name = "第二校际联盟", kind = "cluster", parent = "CZ-JYJ" },
}
local relations_of = {}
for number = 1, 24 do
  local code = number < 10 and "CZ-S0" .. number or "CZ-S" .. number
  list[#list + 1] = { code = code, name = "城中区第" .. number .. "学校", kind = "school", parent = "CZ-JYJ" }
  relations_of[#relations_of + 1] = { kind = "alliance", a = { organization = code },
    b = { organization = number <= 12 and "CZ-UNION-1" or "CZ-UNION-2" }, since = "2016-09-01" }
end
for number = 1, 3 do
  list[#list + 1] = { code = "CZ-K" .. number, name = "领办园" .. number, kind = "kindergarten", parent = "CZ-JYJ" }
  list[#list + 1] = { code = "CZ-L" .. number, name = "帮带园" .. number, kind = "kindergarten", parent = "CZ-JYJ" }
end
return { organizations(list), relations(relations_of) }
