#!/usr/bin/python3
"""Every published figure of keyouqianqi: printed, traced to its rows, counted again without the program; the school that is
uncovered when one pair lapses; a number nobody knows, which stays unknown in every total."""
import datetime
import re
import sys

from region import Checks, Ledger, Region, check_figures, check_history, different, lines, places, rows_of, sheet, table

KEYOU = Region("keyouqianqi", "KYQ-HD", "2020-12-31", "2018-01-01")
SCHOOLS = lines(KEYOU, "schools.csv", "gb18030")
PAIRS = {at: row for at, row in sheet(KEYOU, "pairs.xlsx", "结对", 3).items() if row["支援学校"]}
PLACED = lines(KEYOU, "placements.tsv", "utf-8", "\t")
MISSION = {at: row for at, row in sheet(KEYOU, "mission.xlsx", "行程", 4).items() if re.fullmatch(r"KM\d\d", row["教研员编号"])}
SUPPORT = lines(KEYOU, "support.csv", "utf-8-sig")
DECLARED = sheet(KEYOU, "declared.xlsx", "申报", 2)
LECTURE = {at: row for at, row in DECLARED.items() if row["听众"]}
SECONDED = sheet(KEYOU, "declared.xlsx", "挂职", 2)
RETURNED = lines(KEYOU, "returns.csv", "gb18030")


def day(words):
    return datetime.date(*map(int, re.findall(r"\d+", words)))


def in_force(on):
    return {at: row for at, row in PAIRS.items()
            if day(row["结对日期"]) <= on and (not row["终止日期"] or day(row["终止日期"]) >= on)}


FORCE = in_force(day(KEYOU.day))
FIRST = {}  # a member of the mission stands where a row first names them
for at, row in MISSION.items():
    FIRST.setdefault(row["教研员编号"], at)
MEMBERS = {at: MISSION[at] for at in FIRST.values()}

FIGURES = {
    "schools": ("52", "所", SCHOOLS, len(SCHOOLS), 52),
    "paired": ("52", "所", SCHOOLS, different(FORCE, "受援学校"), 52),
    "pairs": ("55", "对", FORCE, len(FORCE), 55),
    "partners": ("40", "所", FORCE, different(FORCE, "支援学校"), 40),
    "placed": ("180余", "人", PLACED, different(PLACED, "跟岗人员"), 183),
    "mission_members": ("14", "人", MEMBERS, different(MISSION, "教研员编号"), 14),
    "mission_days": ("3", "天", MISSION, len({day(row["日期"]) for row in MISSION.values()}), 3),
    "mission_kinds": ("4", "种", MISSION, different(MISSION, "活动形式"), 4),
    "mission_attendances": ("42", "人次", MISSION, len(MISSION), 42),
    "support_kinds": ("6", "种", SUPPORT, different(SUPPORT, "支持方式"), 6),
    "lectures": ("1", "场", LECTURE, len(LECTURE), 1),
    "seconded": ("1", "人", SECONDED, different(SECONDED, "挂职人员"), 1),
}


def unknown(ledger, check, figures):
    """300余 is a lower bound; 多名 is a number nobody knows, alone and in a total."""
    traced = {name: ledger.json("trace", name, KEYOU.scope, "--on", KEYOU.day) for name in ("audience", "taught", "sent")}
    check.same("audience: printed as published", ("300余", "人"), (figures["audience"]["value"], figures["audience"]["unit"]))
    check.same("audience: traced to the row that declares it", ("300余", set(LECTURE)), (traced["audience"]["value"], places(traced["audience"])))
    check.same("taught: several, never 0", ("多", "名"), (figures["taught"]["value"], figures["taught"]["unit"]))
    check.same("taught: traced to the row that declares it", {at for at, row in DECLARED.items() if row["支教教师"] == "多名"},
               places(traced["taught"]))
    check.same("sent: its total stays unknown", ("多", "名"), (figures["sent"]["value"], figures["sent"]["unit"]))
    check.same("sent: one of its parts is known", ["1", "多"], [part["value"] for part in traced["sent"]["parts"]])


def main(program):
    ledger, check = Ledger(program, KEYOU), Checks()
    ledger.bring()
    report = ledger.json("report", "annual", KEYOU.scope, "--on", KEYOU.day)
    figures, blocks = report["figures"], report["blocks"]
    check_figures(ledger, check, figures, FIGURES)
    unknown(ledger, check, figures)

    agreements = ledger.json("trace", "agreements", KEYOU.scope, "--on", KEYOU.day)
    check.same("agreements: both, each from its own line", ("2", 2, {"keyouqianqi/relations.lua"}),
               (agreements["value"], len(places(agreements)), {row["file"] for row in rows_of(agreements)}))
    sources = [row[-1]["text"] for row in next(block["rows"] for block in blocks if block.get("text") == "协议及出处")]
    check.same("agreements: each with its source", [True, True], ["2018年12月" in sources[0], "2019年" in sources[1]])

    check.same("coverage on the last day of the pair", "100%", figures["coverage"]["value"])
    for on in ("2018-12-19", "2018-12-20", "2019-09-02", KEYOU.day, "2021-01-01"):
        covered = {row["受援学校"] for row in in_force(day(on)).values()}
        check.same(f"schools with a partner on {on}", str(len(covered)), ledger.json("trace", "paired", KEYOU.scope, "--on", on)["value"])
    later = ledger.json("report", "annual", KEYOU.scope, "--on", "2021-01-01")
    check.same("coverage once it lapsed", "98.1%", later["figures"]["coverage"]["value"])
    without = {row["受援学校名称"] for row in SCHOOLS.values()} - {row["受援学校"] for row in in_force(day("2021-01-01")).values()}
    named = next(block["rows"] for block in later["blocks"] if block.get("text") == "无结对的受援学校")
    check.same("which school it leaves uncovered", sorted(without), [row[1]["text"] for row in named])

    missing = next(block["rows"] for block in blocks if block.get("text") == "未报送单位")
    sent = {row["报送学校"] for row in RETURNED.values()}
    check.same("who has not sent", sorted(row["受援学校名称"] for row in SCHOOLS.values() if row["受援学校名称"] not in sent),
               [row[1]["text"] for row in missing])
    kinds = {}
    for row in SUPPORT.values():
        kinds[row["支持方式"]] = kinds.get(row["支持方式"], 0) + 1
    check.same("items by kind of support", {kind: str(many) for kind, many in kinds.items()}, table(blocks, "按支持方式"))
    check_history(ledger, check)
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
