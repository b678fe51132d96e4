return {
  recognition { id = "hours", unit = "学时", title = { zh = "教育学时", en = "hours for the bureau of education" }, {
    { as = "added", zh = "人工调整", en = "manual adjustment", when = { kind = "adjustment", reason = any, author = any } },
    { as = "course", zh = "合格的课程", en = "course passed", when = { kind = "course", status = "passed" } },
    { as = "course", zh = "不合格的课程，计一部分", en = "course failed, a share", when = { kind = "course", status = "failed" }, rate = P.failed_share },
  }, otherwise = review { zh = "没有考核结果，或没有理由和经手人", en = "no assessment, or no reason and author" } },
  recognition { id = "personnel", unit = "学时", title = { zh = "人社学时", en = "hours for the bureau of personnel" }, {
    { as = "course", zh = "合格的课程", en = "course passed", when = { kind = "course", status = "passed" }, rate = P.personnel_rate },
  }, otherwise = ignore { zh = "人社部门不认", en = "the bureau of personnel takes courses passed" } },
}
