return pack { id = "report_wrong", version = "1", api = 1, title = { zh = "写错的报告", en = "reports with mistakes" } }
