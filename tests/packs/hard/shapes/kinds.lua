return {
  scales { status = { { "failed", zh = "不合格", en = "failed" }, { "passed", zh = "合格", en = "passed" } } },
  kinds {
    course = { of = { "person" }, unit = "学时", decimals = 1, title = { zh = "课程", en = "course" },
      attributes = { topic = { type = "text", title = { zh = "专题", en = "topic" }, words = { "ethics", "digital" } } } },
    -- what a person of the bureau adds by hand: never without who and why
    adjustment = { of = { "person" }, unit = "学时", decimals = 1, amount = "required", title = { zh = "人工调整", en = "manual adjustment" },
      attributes = { reason = { type = "text", title = { zh = "理由", en = "reason" } }, author = { type = "text", title = { zh = "经手人", en = "author" } } } },
    portfolio = { of = { "person" }, amount = "none", title = { zh = "成长档案", en = "portfolio" } },
    retired = { of = { "person" }, title = { zh = "退休", en = "retired" } },
  },
}
