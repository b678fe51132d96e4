local reading = { zh = "2018年的“近五年入职”按2013年1月1日及以后入职理解，未见公布的细则",
  en = "in 2018 the last five years are read as those since 2013-01-01; nothing more is published" }
return parameters {
  hired_from = { title = { zh = "近五年入职的起始日", en = "hired in the last five years: from" },
    { from = "2018-01-01", value = "2013-01-01", assumed = reading } },
}
