-- One shape each; regulations.md numbers them.
local function about(id, zh, en, needs, more)
  local declared = { id = id, of = "person", per = "cycle", title = { zh = zh, en = en }, needs = needs }
  for key, value in pairs(more or {}) do declared[key] = value end
  return rule(declared)
end
local counted = hours:from_minimum(P.topic_least, "topic")
local head = records { kind = "portfolio" }:exists()
return {
  about("shares", "按应修的比例设下限和上限（2、3、4）", "floors and caps as a share of what is required (2, 3, 4)", {
    { "ethics", counted:where { topic = "ethics" }:at_least(P.total * P.ethics_share), zh = "师德", en = "ethics" },
    { "total", counted:cap(P.total * P.digital_share, "cycle", { topic = "digital" }):at_least(P.total), zh = "合计", en = "total" },
  }),
  about("highest", "几项要求取最高（6）", "the highest of several (6)",
    { { "total", hours:at_least(choose { { when = head, take = highest_of { P.total, P.head_teacher } }, otherwise = P.total }), zh = "合计", en = "total" } }),
  about("added", "几项要求相加（6）", "requirements that add up (6)", { { "total", hours:at_least(sum_of { P.total, P.extra }), zh = "合计", en = "total" } }),
  about("portfolio", "有即可，不论多少（9）", "existence without a number (9)", { { "portfolio", head, zh = "成长档案", en = "portfolio" } },
    { exempt = records { kind = "retired" }:exists() }),
  about("personnel", "同一记录按另一套规定计算", "another rule set over the same records",
    { { "total", personnel:at_least(P.total), zh = "合计", en = "total" } }),
}
