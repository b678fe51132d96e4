return pack {
  id = "changzhou", version = "1", api = 1,
  title = { zh = "常州市教师跟岗研修", en = "Changzhou: job shadowing" },
}
