-- The pack itself. It extends the national pack and can override any parameter, rule or figure of it.
-- 规则包本身。它扩展全国通用包，可以覆盖其中任何一个参数、规则或数字。
return pack {
  id = "template_pack", version = "1", api = 1, extends = "national",
  title = { zh = "本区教师培训", en = "teacher training of our district" },
}
