-- One line of the file is a visit of several people, one for each column: each makes a row for everyone.
return adapter {
  id = "visits", reader = "csv",
  key = { "person", "since" }, covers = { "organization" },
  adds = { "人" },
  organization = column "学校",
  person = { code = column "人" },
  record = { kind = "visit", on = day "日期", amount = duration "时长" },
  each = function(row, put)
    for _, column in ipairs { "甲", "乙" } do
      if row[column] then
        put { ["人"] = row[column], ["学校"] = row["学校"], ["日期"] = row["日期"], ["时长"] = row["时长"] }
      end
    end
  end,
}
