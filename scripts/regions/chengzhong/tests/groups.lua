-- Who is covered and who is not, and a series of talks with and without a gap.
local function teacher(title, subject, records, outcome)
  return case(title) { given = { records = { { kind = "subject", of = "person", since = "2010-09", attributes = { value = subject } }, table.unpack(records) } },
    on = "2018-12-31", expect = { coverage = "all_staff", outcome = outcome } }
end
local function leader(title, since, till, outcome)
  local pair = since and { { kind = "tutoring", b = { person = "导师" }, since = since, till = till } }
  return case(title) {
    given = { people = { { code = "导师" }, { code = "学员", relations = pair,
      records = { { kind = "cadre", of = "person", since = "2018-03-01", attributes = { plan = "卓越校长锻造" } } } } } },
    on = "2018-12-31", expect = { coverage = "tutored", person = "学员", outcome = outcome } }
end
local function school(title, coverage, record, outcome)
  return case(title) { given = { organization = { code = "某校", kind = "school" }, posts = { { kind = "teaching", organization = "某校", since = "2010-09-01" } },
    records = { record } }, on = "2018-12-31", expect = { coverage = coverage, person = "某校", outcome = outcome } }
end
local function talks(title, on, days, gaps)
  local records = {}
  for k, day in ipairs(days) do records[k] = { kind = "talk", of = "cohort", since = day, attributes = { topic = "第" .. k .. "讲" } } end
  return case(title) { given = { cohort = { code = "有约", kind = "series_of_talks" }, records = records }, on = on, expect = { series = "fortnightly", gaps = gaps } }
end
local came = { { kind = "course_attendance", of = "person", since = "2018-12-31", attributes = { discipline = "音乐" } } }
local late = { { kind = "course_attendance", of = "person", since = "2019-01-01", attributes = { discipline = "音乐" } } }

return {
  teacher("音乐教师参加过一次", "音乐", came, "met"),
  teacher("美术教师没有参加过", "美术", {}, "unmet"),
  teacher("科学教师次日才参加", "科学", late, "unmet"),
  leader("当日起有导师", "2018-12-31", nil, "met"),
  leader("次日才有导师", "2019-01-01", nil, "unmet"),
  leader("导师到前一日为止", "2018-03-15", "2018-12-30", "unmet"),
  leader("没有导师", nil, nil, "unmet"),
  school("有教师参加国家级培训", "national_reach", { kind = "training", since = "2018-11-30", amount = 60, level = "national" }, "met"),
  school("只参加省级培训：不算国培", "national_reach", { kind = "training", since = "2018-11-30", amount = 60, level = "province" }, "unmet"),
  school("国培次日才结业", "national_reach", { kind = "training", since = "2019-01-01", amount = 60, level = "national" }, "unmet"),
  school("名册中有教师：已报送", "returned", { kind = "subject", of = "person", since = "2010-09", attributes = { value = "音乐" } }, "met"),
  school("名册中没有教师：未报送", "returned", { kind = "birth", since = "1980" }, "unmet"),
  talks("每14天一次：没有间断", "2018-04-03", { "2018-03-07", "2018-03-21" }, 0),
  talks("第15天才举行，属下一个双周：没有间断", "2018-04-03", { "2018-03-07", "2018-03-22" }, 0),
  talks("第二个双周没有举行", "2018-04-17", { "2018-03-07", "2018-04-04" }, 1),
  talks("尚未结束的双周不算间断", "2018-04-02", { "2018-03-07" }, 0),
  talks("双周最后一天过后仍未举行", "2018-04-03", { "2018-03-07" }, 1),
  talks("7月8日结束的双周没有举行", "2018-12-31", { "2018-06-11" }, 1),
  talks("学期结束后不再要求", "2018-12-31", { "2018-06-12" }, 0),
}
