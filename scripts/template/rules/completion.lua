-- One rule, one screen; every need is checked, none hides another. 一条规则一屏；每项要求单独认定。
local training = records { kind = "training" }
return rule {
  id = "completion", of = "enrollment", title = { zh = "研修结业", en = "completion of the class" },
  needs = {
    { "hours", training:at_least(P.class_hours), zh = "研修学时", en = "hours" },
    { "days", training:days():at_least(P.class_days), zh = "研修天数", en = "days" },
  },
}
