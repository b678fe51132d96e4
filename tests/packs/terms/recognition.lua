return recognition { id = "credits", unit = "学分", { { as = "session", when = { kind = "session" }, amount = 1 } },
  otherwise = ignore { zh = "不计", en = "does not count" } }
