-- Every school of the receiving district has at least one pair in force on the day; every school sends its return.
return {
  coverage { id = "paired", of = "organization", title = { zh = "受援学校有结对", en = "schools with a partner" },
    where = { kind = "receiving_school" }, relation = "pair" },
  coverage { id = "returned", of = "organization", title = { zh = "受援学校已报送", en = "schools that sent their return" },
    where = { kind = "receiving_school" }, by = { kind = "school_return" } },
}
