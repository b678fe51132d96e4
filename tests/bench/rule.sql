-- The reference rule in SQL, for SQLite and DuckDB alike: {required} hours needed in all, in tenths. The tables are those of
-- scan.c: people(person, hired) and records(person, day, record, kind, mode, tenths), {year} what gives a record's year.
with counted as (
  select person, {year} as year,
    sum(case when kind not in (1, 2) and mode <> 2 then tenths else 0 end) as offline,
    sum(case when kind not in (1, 2) and mode = 2 then tenths else 0 end) as online,
    least_of(sum(case when kind = 2 then tenths else 0 end), 240) as school,
    50 * least_of(sum(case when kind = 1 then 1 else 0 end), 2) as awards,
    max(case when kind = 3 or (kind = 4 and mode = 1) then tenths else 0 end) as practice
  from records where day >= {first} and day < {last} group by 1, 2
), running as ( -- limits of the cycle, taken up in order of day
  select *, sum(online) over years as online_so_far, sum(school) over years as school_so_far
  from counted window years as (partition by person order by year)
), yearly as (
  select person, year, practice, offline + awards
    + least_of(online_so_far, 1440) - least_of(online_so_far - online, 1440)
    + least_of(school_so_far, 1000) - least_of(school_so_far - school, 1000) as hours
  from running
), had as (
  select person, sum(hours) as total, max(practice) as practice,
    sum(case when year = 2021 then hours else 0 end) as y1, sum(case when year = 2022 then hours else 0 end) as y2,
    sum(case when year = 2023 then hours else 0 end) as y3, sum(case when year = 2024 then hours else 0 end) as y4,
    sum(case when year = 2025 then hours else 0 end) as y5
  from yearly group by person
)
select p.person, p.hired >= {novice} as novice, coalesce(total, 0) as total, coalesce(practice, 0) as practice,
  coalesce(y1, 0) as y1, coalesce(y2, 0) as y2, coalesce(y3, 0) as y3, coalesce(y4, 0) as y4, coalesce(y5, 0) as y5,
  case when p.hired >= {novice} then coalesce(total, 0) >= 1200
    else coalesce(total, 0) >= {required} and coalesce(practice, 0) >= 240 and coalesce(y1, 0) >= 480
      and coalesce(y2, 0) >= 480 and coalesce(y3, 0) >= 480 and coalesce(y4, 0) >= 480 and coalesce(y5, 0) >= 480 end as met
from people p left join had h on h.person = p.person
