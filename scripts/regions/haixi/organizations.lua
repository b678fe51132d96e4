-- The bureau and those of its counties; schools and clusters come with the files.
return organizations {
  { code = "HX-JYJ", name = "海西州教育局", kind = "bureau" },
  { code = "HX-DLH", name = "德令哈市教育局", kind = "county_bureau", parent = "HX-JYJ", aliases = { "德令哈市" } },
  { code = "HX-GEM", name = "格尔木市教育局", kind = "county_bureau", parent = "HX-JYJ", aliases = { "格尔木市" } },
  { code = "HX-MY", name = "茫崖市教育局", kind = "county_bureau", parent = "HX-JYJ", aliases = { "茫崖市" } },
  { code = "HX-WL", name = "乌兰县教育局", kind = "county_bureau", parent = "HX-JYJ", aliases = { "乌兰县" } },
  { code = "HX-DL", name = "都兰县教育局", kind = "county_bureau", parent = "HX-JYJ", aliases = { "都兰县" } },
  { code = "HX-TJ", name = "天峻县教育局", kind = "county_bureau", parent = "HX-JYJ", aliases = { "天峻县" } },
}
