-- Everyone who should: staff of a subject in its classes, school leaders with a tutor, schools in the national programme, the rosters
-- that schools send; talks every two weeks of the spring term (5 March to 8 July 2018), for each of the two series alone.
return {
  coverage { id = "all_staff", of = "person", title = { zh = "音乐、美术、科学教师全员参训", en = "all staff of music, art and science" },
    where = { ["fact.subject.value"] = { "音乐", "美术", "科学" } }, by = { kind = "course_attendance" } },
  coverage { id = "tutored", of = "person", title = { zh = "干部培养一人一导师", en = "a tutor for each school leader" },
    where = { ["fact.cadre"] = any }, relation = "tutoring" },
  coverage { id = "national_reach", of = "organization", title = { zh = "国培惠及学校", en = "schools reached by the national programme" },
    where = { kind = "school" }, by = { kind = "training", level = "national" } },
  coverage { id = "returned", of = "organization", title = { zh = "学科教师名册报送", en = "schools that sent their roster" },
    where = { kind = "school" }, by = { kind = "subject" } },
  series { id = "fortnightly", of = "cohort", title = { zh = "校长有约、主任有约：双周一次", en = "talks every two weeks" },
    where = { kind = "talk" }, every = { weeks = 2 }, till = "2018-07-08" },
}
