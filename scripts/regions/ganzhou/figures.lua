-- Every figure of the programme's report. Counts are counts of rows; a figure published with 余 is printed so.
local exactly = { exact = true }

local function observed(kind, more)
  local figure = { of = "cohort", from = "record", where = { kind = kind } }
  for key, value in pairs(more) do figure[key] = value end
  return figure
end

return figures {
  -- the batch
  batch = { of = "cohort", title = { zh = "批次", en = "batch" }, from = "cohort", measure = { max = "number" }, style = exactly,
    definition = { zh = "批次的序号", en = "the number of the batch" } },
  duration = { of = "cohort", title = { zh = "研修时长", en = "duration" }, unit = "个月", from = "cohort", measure = { max = "months" },
    style = exactly, definition = { zh = "公布的研修时长", en = "the length of the placement as published" } },
  trainees = { of = "cohort", title = { zh = "研修学员", en = "trainees" }, unit = "人", from = "enrollment",
    where = { kind = "job_shadowing" }, measure = { distinct = "person" }, style = exactly,
    definition = { zh = "跟岗研修学员人数，一人只计一次", en = "people with a placement, each counted once" } },

  -- host schools: nine are named, one is not known
  hosts_known = { of = "cohort", title = { zh = "已知接收学校", en = "host schools known" }, unit = "所", from = "enrollment",
    where = { kind = "job_shadowing", host = any }, measure = { distinct = "host" }, style = exactly,
    definition = { zh = "名单中写明的接收学校，一校只计一次", en = "host schools that the roster names, each counted once" } },
  hosts_unknown = { of = "cohort", title = { zh = "不详的接收学校", en = "host schools not known" }, unit = "所", from = "enrollment",
    where = { kind = "job_shadowing", host = none }, measure = "count", style = exactly,
    definition = { zh = "名单中未写明接收学校的跟岗，每人计一所", en = "placements whose host the roster leaves open, one school each" } },
  hosts = { of = "cohort", title = { zh = "接收学校", en = "host schools" }, unit = "所", measure = { plus = { "hosts_known", "hosts_unknown" } },
    style = exactly, definition = { zh = "已知与不详的接收学校之和", en = "those known and those not known together" } },
  hosts_known_share = { of = "cohort", title = { zh = "接收学校明确率", en = "share of host schools known" },
    measure = { share = "hosts_known", of = "hosts" }, definition = { zh = "已知接收学校 ÷ 接收学校", en = "host schools known ÷ host schools" } },
  placements = { of = "cohort", title = { zh = "跟岗", en = "placements" }, unit = "人", from = "enrollment",
    where = { kind = "job_shadowing" }, measure = "count", style = exactly,
    definition = { zh = "跟岗研修学员，每人一次", en = "placements, one a person" } },

  -- 走出去拓视野
  observations = observed("lesson_observation", { title = { zh = "听课", en = "lesson observations" }, unit = "节", measure = "count",
    definition = { zh = "听课记录的条数", en = "rows of the observation log" } }),
  research_sessions = observed("research_session", { title = { zh = "参加教研", en = "research sessions attended" }, unit = "场",
    measure = { distinct = { "person", "activity" } },
    definition = { zh = "人次口径：同一人参加同一场只计一次", en = "attendances: one person at one session counts once" } }),
  research_meetings = observed("research_session", { title = { zh = "教研活动", en = "research sessions held" }, unit = "场",
    measure = { distinct = "activity" }, style = exactly, definition = { zh = "有学员参加的教研活动", en = "sessions with a trainee in them" } }),
  report_characters = observed("report", { title = { zh = "书面研修成果字数", en = "characters of written reports" }, unit = "字",
    measure = { sum = "amount" }, style = { scale = 10000 }, definition = { zh = "各篇成果字数之和", en = "the lengths of all reports together" } }),
  reports_written = observed("report", { title = { zh = "书面研修成果", en = "written reports" }, unit = "篇", measure = "count", style = exactly,
    definition = { zh = "登记的成果篇数", en = "reports registered" } }),

  -- 学回来促改革
  applied = observed("application", { title = { zh = "已开展成果转化", en = "trainees with a change at home" }, unit = "人",
    measure = { distinct = "person" }, style = exactly, definition = { zh = "在本校有成果转化的学员人数", en = "trainees who changed something in their school" } }),
  application_rate = { of = "cohort", title = { zh = "成果转化率", en = "share with a change at home" },
    measure = { share = "applied", of = "trainees" }, definition = { zh = "已开展成果转化的学员 ÷ 研修学员", en = "trainees with a change at home ÷ trainees" } },

  -- 用起来提质量
  videos = observed("video", { title = { zh = "分享视频", en = "sharing videos" }, unit = "个", measure = "count", style = exactly,
    definition = { zh = "登记的分享视频个数，每人一个", en = "sharing videos, one a trainee" } }),
  video_shortest = observed("video", { title = { zh = "分享视频最短时长", en = "shortest sharing video" }, unit = "分钟",
    measure = { min = "amount" }, style = exactly }),
  video_longest = observed("video", { title = { zh = "分享视频最长时长", en = "longest sharing video" }, unit = "分钟",
    measure = { max = "amount" }, style = exactly }),
  video_minutes = observed("video", { title = { zh = "分享视频总时长", en = "sharing videos in all" }, unit = "分钟",
    measure = { sum = "amount" }, style = exactly, definition = { zh = "各个视频时长之和", en = "the lengths of all videos together" } }),
  viewers = observed("viewing", { title = { zh = "视频覆盖教育工作者", en = "educators reached by the videos" }, unit = "人",
    measure = { distinct = "person" }, definition = { zh = "学完分享视频的人数，一人只计一次", en = "people who watched a sharing video, each counted once" } }),

  -- decisions
  completed = { of = "cohort", title = { zh = "跟岗结业", en = "placements completed" }, unit = "人", from = "decision",
    where = { rule = "placement", outcome = "met" }, measure = { distinct = "person" }, style = exactly,
    definition = { zh = "跟岗结业判定为达到的学员", en = "trainees whose placement is decided as completed" } },
  uncompleted = { of = "cohort", title = { zh = "跟岗未结业", en = "placements not completed" }, unit = "人", from = "decision",
    where = { rule = "placement", outcome = "unmet" }, measure = { distinct = "person" }, style = exactly,
    definition = { zh = "跟岗结业判定为未达到的学员", en = "trainees whose placement is decided as not completed" } },
  undecided = { of = "cohort", title = { zh = "结业情况不详", en = "placements not known" }, unit = "人", from = "decision",
    where = { rule = "placement", outcome = "unknown" }, measure = { distinct = "person" }, style = exactly,
    definition = { zh = "跟岗结业无法判定的学员", en = "trainees about whom nothing can be decided" } },
  completion = { of = "cohort", title = { zh = "结业率", en = "completion rate" }, measure = { share = "completed", of = "trainees" },
    definition = { zh = "跟岗结业的学员 ÷ 研修学员（含不详）", en = "trainees who completed ÷ all trainees, those not known included" } },
}
