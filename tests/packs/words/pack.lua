-- A case for each word of the language that the hard declarations do without.
return pack { id = "words", version = "1", api = 1, title = { zh = "语言中的每个词", en = "each word of the language" } }
