-- Every figure of the class and of the clusters. Counts are counts of rows; all of them are exact.
local exactly = { exact = true }

local function figure(from, where, unit, measure, title, definition)
  return { of = "organization", from = from, where = where, unit = unit, measure = measure, title = title, definition = definition,
    style = exactly }
end
local function decided(rule, outcome, unit, title, definition)
  return figure("decision", { rule = rule, outcome = outcome }, unit, "count", title, definition)
end
local function share(part, whole, title, definition)
  return { of = "organization", title = title, definition = definition, measure = { share = part, of = whole } }
end
local function relations_of(kind, state, in_force)
  return { kind = kind, state = state, in_force = in_force }
end

local place, signed = { kind = "class_place" }, { kind = "sign_in" }

return figures {
  -- the class
  participants = figure("enrollment", place, "人", { distinct = "person" }, { zh = "参训学员", en = "participants" },
    { zh = "学员名单上的人数，一人只计一次", en = "people on the roster, each counted once" }),
  categories = figure("enrollment", place, "类", { distinct = "category" }, { zh = "学员类别", en = "categories of participant" },
    { zh = "学员名单上不同的类别", en = "different categories on the roster" }),
  home_schools = figure("enrollment", { kind = "class_place", ["school.kind"] = "school" }, "所", { distinct = "school" },
    { zh = "学员所在学校", en = "schools of the participants" }, { zh = "学员任职的学校，一校只计一次", en = "schools that sent a participant, each counted once" }),
  days = figure("record", signed, "天", { distinct = "since" }, { zh = "培训天数", en = "length of the class" },
    { zh = "有签到的不同日期", en = "different days on which somebody signed in" }),
  phases = figure("record", signed, "个", { distinct = "phase" }, { zh = "培训阶段", en = "phases" },
    { zh = "有签到的不同阶段", en = "different phases in which somebody signed in" }),
  sessions = figure("record", signed, "场", { distinct = "activity" }, { zh = "培训场次", en = "sessions" },
    { zh = "有签到的不同场次", en = "different sessions in which somebody signed in" }),
  signatures = figure("record", signed, "人次", { distinct = { "person", "activity" } }, { zh = "签到", en = "signatures" },
    { zh = "人次：一人一场签到计一次", en = "attendances: one person at one session" }),
  signed_people = figure("record", signed, "人", { distinct = "person" }, { zh = "到班学员", en = "people who signed in" },
    { zh = "至少签到一场的人数", en = "people who signed in at least once" }),

  -- completion and certificates
  completed = figure("decision", { rule = "completion", outcome = "met" }, "人", { distinct = "person" }, { zh = "结业学员", en = "finishers" },
    { zh = "结业判定为达到的学员", en = "participants whose completion is decided as met" }),
  completion = share("completed", "participants", { zh = "结业率", en = "completion rate" },
    { zh = "结业学员 ÷ 参训学员", en = "finishers ÷ participants" }),
  over_ceiling = { of = "organization", title = { zh = "计入学时超过上限", en = "people above the ceiling of hours" }, unit = "人", style = exactly,
    from = "decision", where = { rule = "completion" }, measure = { band = "hours", more_than = P.class_hours_most },
    definition = { zh = "计入学时多于8天×8学时的学员，应为0", en = "participants with more hours than eight days of 8; there should be none" } },
  certificates = figure("record", { kind = "certificate", status = "in_force" }, "人", { distinct = "person" }, { zh = "持有效证书", en = "holders of certificates" },
    { zh = "有未注销结业证书的人数", en = "people with a certificate that is in force" }),
  revoked = figure("record", { kind = "certificate", status = "revoked" }, "张", "count", { zh = "已注销证书", en = "certificates revoked" },
    { zh = "已注销的结业证书", en = "certificates that were revoked" }),
  certified = share("certificates", "completed", { zh = "发证率", en = "share with a certificate" },
    { zh = "持有效证书的学员 ÷ 结业学员", en = "holders of certificates ÷ finishers" }),

  -- clusters
  clusters = figure("relation", relations_of("lead", "已成立", true), "个", { distinct = "a" }, { zh = "已成立集团", en = "clusters in force" },
    { zh = "当日已成立且有牵头校的集团", en = "clusters with a lead school on the day" }),
  planned_clusters = figure("relation", relations_of("lead", "拟成立"), "个", { distinct = "a" }, { zh = "拟成立集团", en = "clusters planned" },
    { zh = "报送为拟成立的集团", en = "clusters that counties report as planned" }),
  lead_schools = figure("relation", relations_of("lead", "已成立", true), "所", { distinct = "b" }, { zh = "牵头校", en = "lead schools" },
    { zh = "已成立集团的牵头校，一校只计一次", en = "lead schools of clusters in force, each counted once" }),
  member_schools = figure("relation", relations_of("member", "已成立", true), "所", { distinct = "b" }, { zh = "成员校", en = "member schools" },
    { zh = "已成立集团的成员校，一校只计一次", en = "member schools of clusters in force, each counted once" }),
  planned_lead_schools = figure("relation", relations_of("lead", "拟成立"), "所", { distinct = "b" }, { zh = "拟牵头校", en = "lead schools planned" },
    { zh = "拟成立集团的牵头校", en = "lead schools of planned clusters" }),
  planned_member_schools = figure("relation", relations_of("member", "拟成立"), "所", { distinct = "b" }, { zh = "拟加入成员校", en = "member schools planned" },
    { zh = "拟成立集团的成员校", en = "member schools of planned clusters" }),

  -- counties and their returns
  counties = figure("organization", { kind = "county_bureau" }, "个", "count", { zh = "县（市）", en = "counties" },
    { zh = "应报送的县（市）教育局", en = "county bureaux that are to send" }),
  counties_sent = decided("returned", "met", "个", { zh = "已报送县（市）", en = "counties that sent" },
    { zh = "已报送集团校报送表的县（市）", en = "county bureaux whose return is there" }),
  counties_missing = decided("returned", "unmet", "个", { zh = "未报送县（市）", en = "counties that did not send" },
    { zh = "未报送集团校报送表的县（市）", en = "county bureaux whose return is missing" }),
  sent_share = share("counties_sent", "counties", { zh = "报送率", en = "share that sent" },
    { zh = "已报送县（市） ÷ 县（市）", en = "counties that sent ÷ counties" }),
}
