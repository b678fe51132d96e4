-- Units of this pack as English texts print them.
return units {
  ["名"] = { en = "people", one = "person" },
  ["种"] = { en = "kinds", one = "kind" },
  ["份"] = { en = "agreements", one = "agreement" },
  ["对"] = { en = "pairs", one = "pair" },
}
