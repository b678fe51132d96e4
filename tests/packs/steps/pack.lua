-- No region's: every step and condition that an expression may have, for tests that decide the same in two ways.
return pack { id = "steps", title = { zh = "各种步骤", en = "every step" }, version = "1", api = 1 }
