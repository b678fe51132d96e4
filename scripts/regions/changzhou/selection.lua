-- 100 a year, a mentor has at most two trainees in overlapping periods.
return selection { id = "places", of = "programme", per = "year", among = met "eligibility",
  title = { zh = "遴选", en = "places" },
  order = { "applied_on", "application_no" },
  limits = { { "places", at_most = P.places, zh = "名额", en = "places of the year" },
             { "mentor", per = related "mentor", overlapping = true, at_most = P.trainees, zh = "导师带教人数", en = "trainees of the mentor" } } }
