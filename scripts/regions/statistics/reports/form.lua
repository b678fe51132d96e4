-- The form itself and the checks that it has to pass before it is sent.
local function row(number) return string.format("row_%02d", number) end
local rows, levels = {}, { title = { zh = "表内核对", en = "checks of the form" } }
for number = 1, 11 do table.insert(rows, row(number)) end
table.insert(levels, { row(1), equals = { row(2), row(3), row(4), row(5) } })
for number = 6, 11 do table.insert(levels, { row(number), at_most = row(1) }) end
return report { id = "form_4068", of = "organization", style = "exact",
  title = { zh = "教基4068：教师接受培训情况", en = "form 教基4068: teachers by hours of training" },
  blocks = {
    table { title = { zh = "接受培训人数", en = "teachers trained" }, by = "school", figures = rows, total = true },
    checks(levels),
  } }
