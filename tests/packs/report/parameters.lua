return parameters {
  enough = { title = { zh = "最低学时", en = "least hours" }, unit = "学时",
    { from = "2025-01-01", value = 10, assumed = { zh = "尚未公布", en = "not published yet" } } },
  published_one = { title = { zh = "已公布", en = "published" }, unit = "学时", { from = "2025-01-01", value = 1, source = "文件一" } },
  not_read = { title = { zh = "未用", en = "not read" }, unit = "学时",
    { from = "2025-01-01", value = 1, assumed = { zh = "没有人读", en = "read by nobody" } } },
}
