#!/usr/bin/python3
"""Every published figure of haixi, and those of its clusters: printed, traced to its rows, counted again without the program;
its certificates: numbered, suspended with an undone roster and found again, revoked and never reused."""
import datetime
import re
import sys

import openpyxl

from region import (Checks, Failed, Ledger, Region, check_doubled, check_figures, check_history, different, lines, only, place, places,
                    rows_of, sheet, table)

FORMS = ["sign-in-1-opening.xlsx", "sign-in-4-visits-17.xlsx", "sign-in-4-visits-18.xlsx", "sign-in-6-closing.xlsx"]
SCANS = [("sign-in-2-theory.csv", "gb18030", ","), ("sign-in-3-cases.tsv", "utf-8", "\t"),
         ("sign-in-5-exchange.csv", "utf-8-sig", ",")]
HAIXI = Region("haixi", "HX-JYJ")
COHORT, ISSUED = "HXGP-2025", "2025-10-20"
ROSTER = {at: row for at, row in sheet(HAIXI, "roster.xlsx", "学员名单", 4).items() if re.fullmatch(r"HX\d\d", row["学员编号"])}


def day(words):
    return datetime.date(*map(int, re.findall(r"\d+", words)))


def signatures():
    """{row: text} as in the files, and {row: (person, day, phase, session)}"""
    texts, facts = {}, {}
    for form in FORMS:
        book = openpyxl.load_workbook(HAIXI.samples / form)["签到表"]
        above = {book.cell(row, 1).value: book.cell(row, 2).value for row in range(2, 6)}
        for at, row in only(sheet(HAIXI, form, "签到表", 6), 签到="√").items():
            texts[at], facts[at] = row, (row["学员编号"], day(above["签到日期"]), above["阶段"], row["场次编号"])
    for file, encoding, separator in SCANS:
        for at, row in lines(HAIXI, file, encoding, separator).items():
            texts[at], facts[at] = row, (row["学员"], day(row["日期"]), row["培训阶段"], row["活动"])
    return texts, facts


SIGNED, FACTS = signatures()
PEOPLE, DAYS, PHASES, SESSIONS = (len(set(column)) for column in zip(*FACTS.values()))
LEADS = {at: row for at, row in sheet(HAIXI, "clusters.xlsx", "集团", 2).items() if row["集团编号"]}
MEMBERS = {at: row for at, row in sheet(HAIXI, "clusters.xlsx", "成员校", 2).items() if row["集团编号"]}


def there(rows, since):
    """Clusters in force: their day has come."""
    return {at: row for at, row in rows.items() if row["状态"] == "已成立" and day(row[since]) <= day(HAIXI.day)}


FORCE, PLANNED = there(LEADS, "成立时间"), only(LEADS, 状态="拟成立")
JOINED, TO_JOIN = there(MEMBERS, "加入时间"), only(MEMBERS, 状态="拟成立")

FIGURES = {
    "participants": ("40", "人", ROSTER, different(ROSTER, "学员编号"), 40),
    "categories": ("4", "类", ROSTER, different(ROSTER, "学员类别"), 4),
    "days": ("8", "天", SIGNED, DAYS, 8),
    "phases": ("6", "个", SIGNED, PHASES, 6),
    "sessions": ("17", "场", SIGNED, SESSIONS, 17),
    "signatures": ("667", "人次", SIGNED, len(SIGNED), 667),
    "signed_people": ("40", "人", SIGNED, PEOPLE, 40),
    "completed": ("40", "人", ROSTER, len(ROSTER), 40),
    "clusters": ("12", "个", FORCE, different(FORCE, "集团编号"), 12),
    "lead_schools": ("12", "所", FORCE, different(FORCE, "牵头校"), 12),
    "member_schools": ("30", "所", JOINED, different(JOINED, "成员校"), 30),
    "planned_clusters": ("7", "个", PLANNED, different(PLANNED, "集团编号"), 7),
    "planned_lead_schools": ("7", "所", PLANNED, different(PLANNED, "牵头校"), 7),
    "planned_member_schools": ("18", "所", TO_JOIN, different(TO_JOIN, "成员校"), 18),
}


def protected(number):
    """ISO/IEC 7064 MOD 37-2 over the whole number leaves 1."""
    value = 0
    for sign in number:
        value = (value * 2 + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*".index(sign)) % 37
    return value == 1


def certificates(ledger, check):
    def numbers(state="in_force"):
        return {row["person"]: row["number"] for row in ledger.json("certificate", "list") if row["state"] == state}

    given = numbers()
    check.same("certificates: one for each finisher", sorted(row["学员编号"] for row in ROSTER.values()), sorted(given))
    check.same("certificates: no number twice", 40, len(set(given.values())))
    check.same("certificates: region, year, programme, serial number, check character", 40,
               sum(bool(re.fullmatch(r"6328002025HXGP\d{4}[0-9A-Z*]", number)) for number in given.values()))
    check.same("certificates: protected by their last character", True, all(map(protected, given.values())))
    traced = ledger.json("trace", "certificates", HAIXI.scope, "--on", HAIXI.day)
    check.same("certificates: traced to the rows of the issue", {(f"finishers-{COHORT}-{ISSUED}.csv", row) for row in range(2, 42)},
               {(place(row)[0], place(row)[2]) for row in rows_of(traced)})

    roster = [row["import"] for row in ledger.json("log")["log"] if row.get("file") == "roster.xlsx"][-1]
    ledger.run("undo", str(roster), "--with-later")
    check.same("certificates: suspended while their roster is undone", given, numbers("suspended"))
    ledger.bring()
    check.same("certificates: the same numbers once it is back", given, numbers())

    number = given["HX07"]
    ledger.run("certificate", "revoke", number, "--reason", "信息有误", "--on", "2025-11-03")
    check.same("certificates: one is revoked, not deleted", {"HX07": number}, numbers("revoked"))
    try:
        ledger.run("certificate", "check", number)
        check.same("certificates: a revoked one is not in force", True, False)
    except Failed:
        check.same("certificates: a revoked one is not in force", True, True)
    ledger.run("certificate", "issue", "finishers", COHORT, "--on", "2025-11-05", "--again")
    check.same("certificates: the next number, never a used one", ("0041", False),
               (numbers()["HX07"][-5:-1], numbers()["HX07"] in given.values()))
    figures = ledger.json("report", "annual", HAIXI.scope, "--on", HAIXI.day)["figures"]
    check.same("certificates: holders and revoked ones", ("40", "1"), (figures["certificates"]["value"], figures["revoked"]["value"]))


def main(program):
    ledger, check = Ledger(program, HAIXI), Checks()
    ledger.bring()
    ledger.run("certificate", "issue", "finishers", COHORT, "--on", ISSUED)
    report = ledger.json("report", "annual", HAIXI.scope, "--on", HAIXI.day)
    figures, blocks = report["figures"], report["blocks"]
    check_figures(ledger, check, figures, FIGURES)
    check.same("completion: printed, both sides from the roster", ("100%", set(ROSTER)),
               (figures["completion"]["value"], places(ledger.json("trace", "completion", HAIXI.scope, "--on", HAIXI.day))))
    for name, value in (("certificates", "40"), ("over_ceiling", "0"), ("counties", "6"), ("counties_sent", "5"), ("sent_share", "83.3%")):
        check.same(f"{name}: printed", value, figures[name]["value"])
    by_category = {}
    for row in ROSTER.values():
        by_category[row["学员类别"]] = by_category.get(row["学员类别"], 0) + 1
    check.same("participants by category", {name: str(many) for name, many in by_category.items()}, table(blocks, "按学员类别"))
    check.same("who has not sent", [["天峻县教育局"]],
               [[cell["text"] for cell in row] for row in next(b["rows"] for b in blocks if b.get("text") == "未报送单位")])
    # pack use is from 2025 on: a day on which one planned date has come still counts no cluster as in force
    check.same("clusters: a planned one is not in force on its day", "12",
               ledger.json("trace", "clusters", HAIXI.scope, "--on", "2026-03-01")["value"])
    check_doubled(ledger, check, {"sign-in-5-exchange.csv": ("utf-8-sig", "signatures")})
    check_history(ledger, check)
    certificates(ledger, check)
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
