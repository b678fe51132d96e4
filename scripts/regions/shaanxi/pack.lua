return pack {
  id = "shaanxi", version = "1", api = 1,
  title = { zh = "陕西省中小学教师培训学分认定和管理办法(试行)", en = "Shaanxi: recognition and management of training credits (trial)" },
}
