-- Only what is finished, assessed as passed and provable; a training hour is 45 minutes.
return recognition { id = "hours", title = { zh = "培训学时", en = "training hours" }, unit = "学时", from = "分钟", {
  { as = "training", zh = "培训", en = "training", when = { kind = "session", status = "passed", proof = any }, rate = P.hour_per_minute },
}, otherwise = ignore { zh = "未结业、考核不合格或没有证明", en = "not finished, not passed or without proof" } }
