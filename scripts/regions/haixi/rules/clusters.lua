-- A cluster has a lead school and member schools, in force from a day on; a planned one has them from a later day.
return {
  coverage { id = "led", of = "organization", title = { zh = "集团有牵头校", en = "clusters with a lead school" },
    where = { kind = "cluster" }, relation = "lead" },
  coverage { id = "joined", of = "organization", title = { zh = "集团有成员校", en = "clusters with member schools" },
    where = { kind = "cluster" }, relation = "member" },
  coverage { id = "returned", of = "organization", title = { zh = "已报送的县（市）", en = "counties that sent their return" },
    where = { kind = "county_bureau" }, by = { kind = "cluster_return" } },
}
