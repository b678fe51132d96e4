-- Third phase, 用起来提质量: a sharing video, compulsory content of the summer training of all staff.
return rule {
  id = "sharing", of = "enrollment",
  title = { zh = "用起来提质量：分享视频", en = "phase 3, put to use: the sharing video" },
  needs = {
    { "video", records { kind = "video" }:at_least(P.video_minutes), zh = "分享视频时长", en = "length of the sharing video" },
  },
}
