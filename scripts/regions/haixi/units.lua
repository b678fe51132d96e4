-- Units of this pack as English texts print them.
return units {
  ["类"] = { en = "categories" },
  ["张"] = { en = "certificates" },
}
