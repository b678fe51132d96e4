-- The three phases close the loop: went out, came back, put to use.
return rule {
  id = "loop", of = "enrollment",
  title = { zh = "三阶段闭环", en = "all three phases" },
  needs = {
    { "out", outcome "placement", zh = "走出去拓视野", en = "go out" },
    { "back", outcome "application", zh = "学回来促改革", en = "come back" },
    { "use", outcome "sharing", zh = "用起来提质量", en = "put to use" },
  },
}
