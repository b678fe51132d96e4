-- By a word that no declaration has, and with conditions made once and used for everyone.
local any = any_of { { unit = "学时" }, { unit = "学分" } }
return rule { id = "unit", of = "person", title = { zh = "按单位", en = "by unit" }, needs = { { "year", zh = "有培训", en = "any training" } },
  decide = function(case) case:need("year", case:records { unit = { "学时", "学分" } }:where(any):count(), ">=", 1) end }
