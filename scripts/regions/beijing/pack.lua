return pack {
  id = "beijing", version = "1", api = 1,
  title = { zh = "北京市“十三五”中小学教师培训学分管理办法", en = "Beijing: training credits 2016 to 2020" },
}
