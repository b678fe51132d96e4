-- What hostile files are read with.
return pack { id = "attacked", version = "1", api = 1, title = { zh = "被攻击的", en = "attacked" } }
