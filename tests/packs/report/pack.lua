-- A small programme for the tests of reports: every block, every kind of figure.
return pack { id = "report", version = "3", api = 1, title = { zh = "报告测试", en = "report tests" } }
