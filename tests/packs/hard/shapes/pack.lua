return pack { id = "shapes", version = "1", api = 1,
  title = { zh = "各地规定的常见形式", en = "shapes that rules elsewhere take" } }
