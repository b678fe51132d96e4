-- Only what is finished and assessed as passed; a training hour is 45 minutes.
return recognition { id = "hours", title = { zh = "培训学时", en = "training hours" }, unit = "学时", from = "分钟", {
  { as = "training", zh = "培训", en = "training", when = { kind = "session", status = "passed" }, rate = P.hour_per_minute },
}, otherwise = ignore { zh = "未结业或考核不合格", en = "not finished or not passed" } }
