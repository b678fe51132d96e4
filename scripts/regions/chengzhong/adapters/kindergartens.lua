-- 幼儿园一对一帮带登记: which kindergarten leads which; GB18030, the day as a month.
return adapter {
  id = "kindergartens", title = { zh = "幼儿园一对一帮带登记", en = "kindergartens that lead one to one" }, reader = "csv",
  key = { column "帮带园" },
  relation = { kind = "led", a = { organization = { name = column "帮带园" } }, b = { organization = { name = column "领办园" } },
    since = day "结对时间" },
}
