-- What the roster of this programme says about each placement.
return kinds {
  job_shadowing = {
    type = "enrollment",
    title = { zh = "跟岗研修", en = "job shadowing" },
    attributes = {
      place = { type = "text", title = { zh = "研修地区", en = "place" } },
      theme = { type = "text", title = { zh = "研修主题", en = "theme" }, words = { "课堂", "管理", "技术" } },
      plan = { type = "text", title = { zh = "一人一案", en = "tailored plan" } },
    },
  },
  -- the effect: who has to watch, how each change at home goes on, what it costs
  summer_staff = { of = "person", title = { zh = "暑期全员培训应训", en = "to be trained in summer" } },
  application_step = { of = "enrollment", title = { zh = "成果转化进展", en = "step of a change at home" },
    attributes = { work = { type = "text", title = { zh = "转化成果", en = "what changed" } },
      step = { type = "text", title = { zh = "步骤", en = "step" }, words = { "①制定方案", "②学校审定", "③试点实施", "④中期检查", "⑤验收完成" } },
      actor = { type = "text", title = { zh = "办理", en = "by" }, words = { "学员", "学校", "教育局" } } } },
  funding = { of = "cohort", unit = "元", decimals = 2, amount = "required", title = { zh = "下达经费", en = "funds assigned" },
    attributes = { item = { type = "text", title = { zh = "科目", en = "item" } } } },
  expense = { of = "cohort", unit = "元", decimals = 2, amount = "required", title = { zh = "支出", en = "expense" },
    attributes = { item = { type = "text", title = { zh = "科目", en = "item" } }, voucher = { type = "text", title = { zh = "凭证号", en = "voucher" } } } },
}
