-- What tests/fuzz/mapping.c maps rows with.
return pack { id = "mapping", version = "1", api = 1, title = { zh = "映射", en = "mapping" } }
