-- Units of this pack as English texts print them.
return units {
  ["名"] = { en = "people" },
  ["种"] = { en = "kinds" },
  ["份"] = { en = "agreements" },
  ["对"] = { en = "pairs" },
}
