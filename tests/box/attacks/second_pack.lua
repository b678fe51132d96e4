-- expect: a pack declares itself once
return pack { id = "attack", version = "2", api = 1, title = { zh = "x", en = "x" } }
