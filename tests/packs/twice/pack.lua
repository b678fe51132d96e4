-- One rule, said twice: as needs and as a function. Both must decide and explain alike, whatever is uncertain.
return pack { id = "twice", version = "1", api = 1, title = { zh = "同一规则的两种写法", en = "one rule in two ways" } }
