-- Who there is: comes into the ledger when the pack is used. 机构：启用规则包时记入台账。
return organizations {
  { code = "B-01", name = "区教育局", kind = "bureau" },
  { code = "S-01", name = "第一小学", kind = "school", parent = "B-01" },
  { code = "S-02", name = "第二中学", kind = "school", parent = "B-01", aliases = { "二中" } },
}
