-- Figures are declared, never typed. 数字只声明，不手填。
return figures {
  trainees = { of = "cohort", title = { zh = "研修学员", en = "trainees" }, unit = "人",
    from = "enrollment", measure = { distinct = "person" }, style = { exact = true },
    definition = { zh = "本班学员人数，一人只计一次", en = "people in the class, each counted once" } },
  hours = { of = "cohort", title = { zh = "研修学时", en = "hours of training" }, unit = "学时",
    from = "record", where = { kind = "training" }, measure = { sum = "amount" }, style = { exact = true },
    definition = { zh = "全班签到学时之和", en = "the hours of all trainees together" } },
  completed = { of = "cohort", title = { zh = "结业学员", en = "trainees who completed" }, unit = "人",
    from = "decision", where = { rule = "completion", outcome = "met" }, measure = { distinct = "person" }, style = { exact = true },
    definition = { zh = "研修结业达标的学员人数", en = "people for whom the rule of completion is met" } },
  completion = { of = "cohort", title = { zh = "结业率", en = "completion rate" },
    measure = { share = "completed", of = "trainees" }, definition = { zh = "结业学员 ÷ 研修学员", en = "trainees who completed ÷ trainees" } },
}
