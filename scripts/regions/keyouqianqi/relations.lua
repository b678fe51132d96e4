-- Two agreements stand in one text, and both are kept, each with its source.
return relations {
  { kind = "agreement", a = { organization = "HD-JW" }, b = { organization = "KYQ-QF" }, since = "2018-12",
    source = "公开报道：2018年12月海淀区教委与科右前旗签订帮扶协议", attributes = { about = "帮扶协议" } },
  { kind = "agreement", a = { organization = "HD-JW" }, b = { organization = "KYQ-JYJ" }, since = "2019",
    source = "公开报道：2019年海淀区教委与科右前旗教育局签订协议，共建教师发展中心", attributes = { about = "共建教师发展中心" } },
}
