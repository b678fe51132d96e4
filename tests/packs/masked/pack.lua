-- A file with names, ID numbers and telephone numbers, for the tests of what reports and traces show of people.
return pack { id = "masked", version = "1", api = 1, title = { zh = "隐去姓名", en = "names masked" } }
