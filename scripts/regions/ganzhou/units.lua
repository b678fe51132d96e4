-- Units of this programme as English texts print them.
return units {
  ["元"] = { en = "yuan" },
  ["批"] = { en = "batches", one = "batch" },
}
