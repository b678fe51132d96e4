return kinds {
  session = { of = { "person" }, unit = "分钟", level = true, title = { zh = "培训", en = "training" },
    attributes = { proof = { type = "text", title = { zh = "证明材料", en = "proof" } } } },
}
