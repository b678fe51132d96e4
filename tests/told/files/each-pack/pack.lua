-- A small pack of its own for what samples do not show: each, only, values, optional columns, several kinds, no key.
return pack {
  id = "small", version = "1", api = 1,
  title = { zh = "小规则包", en = "a small pack" },
}
