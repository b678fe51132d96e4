-- 证书编号: region (632800), year, programme, four digits, a check character over all of them. The numbering is ours.
return register {
  id = "finishers", title = { zh = "结业证书", en = "certificates" },
  among = met "completion", kind = "certificate",
  region = "632800", number = "{region}{year}{programme}{serial:4}{check}", check = "mod_37_2",
}
