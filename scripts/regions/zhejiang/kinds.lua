return kinds {
  training = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "培训", en = "training" } },
  short_training = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "短期培训", en = "short training" } },
  ethics = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "师德培训", en = "ethics" } },
  school_based = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "校本研修", en = "school-based training" } },
  principal_training = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "新任校长培训", en = "training of new principals" } },
  probation = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "试用期培训", en = "probation training" } },
}
