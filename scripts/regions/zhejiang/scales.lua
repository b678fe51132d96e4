return scales {
  mode = { { "face_to_face", zh = "面授", en = "face-to-face" }, { "online", zh = "网络", en = "online" },
    { "practice", zh = "实践", en = "practice" }, { "on_site", zh = "在岗", en = "on site" } },
}
