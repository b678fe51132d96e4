-- Dated and sourced; a value without a source does not load.
local measures = "陕西省中小学教师培训学分认定和管理办法(试行)"
return parameters {
  face_to_face = { unit = "学分", title = { zh = "集中培训", en = "face-to-face" },
    { from = "2018-01-01", value = 30, source = measures } },
  online = { unit = "学分", title = { zh = "远程培训", en = "online" },
    { from = "2018-01-01", value = 40, source = measures } },
  school_based = { unit = "学分", title = { zh = "校本研修", en = "school-based" },
    { from = "2018-01-01", value = 50, source = measures } },
  school_based_yearly = { unit = "学分", title = { zh = "校本研修每年上限", en = "most school-based credits a year" },
    { from = "2018-01-01", value = 10, source = measures } },
  credit_per_hour = { unit = "学分/学时", by = "level", title = { zh = "每学时折算学分", en = "credits per hour" },
    { from = "2018-01-01", value = { national = "0.5", province = "0.4", city = "0.3", county = "0.2" }, source = measures } },
  school_based_rate = { unit = "学分/学时", title = { zh = "校本研修每学时折算学分", en = "credits per school-based hour" },
    { from = "2018-01-01", value = 0.2,
      assumed = { zh = "由各市自定，取与县级相同的比例", en = "left to each city; taken as the county's" } } },
}
