-- A report whose blocks a function makes from the figures.
return report { id = "made", of = "cohort", style = "exact", title = { zh = "生成", en = "made" }, body = function(r)
  local people = r.figures.people
  local blocks = {
    heading { level = 1, zh = r.scope.name .. "：" .. people.text .. people.unit, en = r.scope.code .. ": " .. people.text },
    paragraph { zh = "截至" .. r.on .. "，{people}。", en = "On " .. r.on .. ": {people}." },
  }
  if people.number > 2 then blocks[#blocks + 1] = key_figures { "people" } end
  return blocks
end }
