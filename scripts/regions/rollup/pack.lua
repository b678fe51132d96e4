-- The bureau above: districts send it what they issued (report --issue --output X.json); its totals walk back to their documents.
return pack {
  id = "rollup", version = "1", api = 1, extends = "national",
  title = { zh = "各区县年度报告汇总", en = "the annual reports of districts together" },
  organization = { code = "UP", name = "上级教育行政部门" },
}
