"""The reference rule in pandas, over a pickled frame of its own: pandas_rule.py load FILE ROWS.db | compare FILE HOURS HOURS |
verdicts FILE HOURS. Vectors only, no loop over people or records."""
import sqlite3
import sys

import pandas

FIRST, YEARS = 2021, 5


def load(file, rows):
    with sqlite3.connect(rows) as base:
        people = pandas.read_sql("select person, hired from people order by person", base).astype("int32")
        records = pandas.read_sql("select person, day, kind, mode, tenths from records order by person, day, record", base).astype(
            {"person": "int32", "day": "int32", "kind": "int8", "mode": "int8", "tenths": "int32"})
    pandas.to_pickle((people, records), file)


def day(text):
    return (pandas.Timestamp(text) - pandas.Timestamp("1970-01-01")).days


def decide(people, records, required):
    edges = [day(f"{FIRST + y}-01-01") for y in range(YEARS + 1)]
    r = records[(records.day >= edges[0]) & (records.day < edges[-1])]
    year = pandas.Series(edges).searchsorted(r.day, side="right") - 1
    rest = ~r.kind.isin((1, 2))
    parts = pandas.DataFrame({
        "person": r.person, "year": year,
        "offline": r.tenths.where(rest & (r["mode"] != 2), 0), "online": r.tenths.where(rest & (r["mode"] == 2), 0),
        "school": r.tenths.where(r.kind == 2, 0), "awards": (r.kind == 1).astype("int32"),
        "practice": r.tenths.where((r.kind == 3) | ((r.kind == 4) & (r["mode"] == 1)), 0)})
    groups = parts.groupby(["person", "year"], sort=True)
    each = groups[["offline", "online", "school", "awards"]].sum()
    each["practice"] = groups["practice"].max()
    each["school"] = each.school.clip(upper=240)
    so_far = each.groupby(level="person")[["online", "school"]].cumsum()
    for name, most in (("online", 1440), ("school", 1000)):
        each[name] = so_far[name].clip(upper=most) - (so_far[name] - each[name]).clip(upper=most)
    each["hours"] = each.offline + each.online + each.school + 50 * each.awards.clip(upper=2)
    had = each.hours.unstack(fill_value=0).reindex(index=people.person, columns=range(YEARS), fill_value=0)
    practice = each.groupby(level="person").practice.max().reindex(people.person, fill_value=0)
    total, novice = had.sum(axis=1), (people.set_index("person").hired >= edges[-2])
    full = (total >= required) & (practice >= 240) & (had >= 480).all(axis=1)
    return pandas.DataFrame({"met": (novice & (total >= 1200)) | (~novice & full), "novice": novice, "total": total,
                             "practice": practice}).join(had)


def main():
    way, file, *more = sys.argv[1:]
    if way == "load":
        return load(file, more[0])
    people, records = pandas.read_pickle(file)
    if way == "compare":
        before, after = (decide(people, records, int(hours) * 10) for hours in more)
        print(len(people), (~before.met & after.met).sum(), (before.met & ~after.met).sum())
        return None
    required = int(more[0]) * 10
    for row in decide(people, records, required).itertuples():
        line = f"P{row.Index:07} {'met' if row.met else 'unmet'} total={row.total}00000"
        line += f" needed={1200 if row.novice else required}00000"
        if not row.novice:
            line += "".join(f" year={hours}00000" for hours in row[5:]) + f" practice={row.practice}00000"
        print(line.replace("=000000", "=0"))
    return None


if __name__ == "__main__":
    main()
