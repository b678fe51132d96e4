-- Registration every five years (定期注册): hours, appraisal passed in every year, and no breach of ethics.
return rule {
  id = "registration", of = "person", per = "cycle", title = { zh = "定期注册", en = "registration" },
  applies = P.hours_are_kept:at_least(1),
  needs = {
    { "hours", outcome "in_service", zh = "培训学时", en = "training hours" },
    { "appraisal", records { kind = "appraisal", status = "passed" }:each "year":count():at_least(1), zh = "年度考核合格", en = "appraisal passed" },
    { "ethics", records { kind = "misconduct" }:count():at_most(0), zh = "师德", en = "ethics" },
  },
}
