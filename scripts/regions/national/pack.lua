-- What holds everywhere. A province extends this pack, a county extends its province; each overrides what it has to,
-- one parameter, rule or figure at a time.
return pack {
  id = "national",
  version = "1",
  api = 1,
  title = { zh = "全国通用", en = "national" },
}
