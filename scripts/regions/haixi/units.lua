-- Units of this pack as English texts print them.
return units {
  ["类"] = { en = "categories", one = "category" },
  ["张"] = { en = "certificates", one = "certificate" },
}
