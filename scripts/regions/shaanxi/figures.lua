return figures {
  observations = { of = "cohort", title = { zh = "听课记录", en = "lesson observations" }, unit = "节",
                   from = "record", where = { kind = "lesson_observation" }, measure = "count" },
  trainees     = { of = "cohort", title = { zh = "研修学员", en = "trainees" }, unit = "人",
                   from = "enrollment", measure = { distinct = "person" } },
  completed    = { of = "cohort", title = { zh = "结业学员", en = "trainees who completed" }, unit = "人",
                   from = "enrollment", where = { status = "completed" }, measure = { distinct = "person" } },
  completion   = { of = "cohort", title = { zh = "结业率", en = "completion rate" }, measure = { share = "completed", of = "trainees" } },
}
