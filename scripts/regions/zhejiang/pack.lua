return pack {
  id = "zhejiang", version = "1", api = 1,
  title = { zh = "浙江省中小学教师专业发展培训", en = "Zhejiang: professional development training" },
}
