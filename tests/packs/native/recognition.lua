return recognition { id = "credits", unit = "学分", from = "学时", {
  { as = "face", when = { mode = "face", level = at_least "county" }, rate = P.rate:by "level" },
  { as = "online", when = { mode = "online", level = at_least "county" }, rate = P.rate:by "level" },
  { as = "school", when = { level = "school" }, rate = P.rate:by "level" },
}, otherwise = review { zh = "不符合认定条件", en = "meets no condition of recognition" } }
