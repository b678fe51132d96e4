return parameters {
  enough = { title = { zh = "最低节数", en = "least lessons" }, unit = "节",
    { from = "2020-01-01", value = 4, assumed = { zh = "试验用值", en = "a value for trying" } } },
}
