-- Who holds an office: class teachers (教师厅〔2006〕3号), principals (教育部令第8号, 教师〔2013〕11号).
local training = records { kind = "training" }
local kept = P.hours_are_kept:at_least(1)
return {
  rule {
    id = "class_teacher", of = "person", per = "cycle", title = { zh = "班主任培训", en = "training of class teachers" },
    in_force = { from = "2006-08-31", by = "period_start" },
    applies = all_of { kept, records { kind = "class_teacher" }:during "ever":exists() },
    needs = {
      { "hours", training:where { about = "class_teacher" }:at_least(P.class_teacher_hours), zh = "班主任培训学时", en = "hours for class teachers" },
    },
  },
  rule {
    id = "principal", of = "person", per = "cycle", title = { zh = "校长培训", en = "training of principals" },
    applies = all_of { kept, records { kind = "principal" }:during "ever":exists() },
    needs = {
      { "qualification", records { kind = "training", about = "qualification" }:during "ever":at_least(P.principal_qualification_hours),
        zh = "任职资格培训学时", en = "hours of qualification" },
      { "hours", training:where { about = none }:at_least(P.principal_hours), zh = "提高培训学时", en = "hours in post" },
    },
  },
}
