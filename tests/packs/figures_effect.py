#!/usr/bin/python3
"""What came of ganzhou's batch: who must watch and has, changes at home until they are done, money: printed, traced, counted again."""
import re
import sys

from region import Checks, Ledger, Region, check_figures, check_history, different, lines, only, sheet

EFFECT = Region("ganzhou", "GZ-JYJ", report="effect")
SUMMER = lines(EFFECT, "summer.tsv", "gb18030", "\t")
VIEWERS = lines(EFFECT, "viewers.csv", "utf-8")
BEGUN = lines(EFFECT, "applications.csv", "utf-8-sig")
STEPS = lines(EFFECT, "follow.csv", "gb18030")
DONE = only(STEPS, 步骤="⑤验收完成")
FUNDS = {at: row for at, row in sheet(EFFECT, "money.xlsx", "经费下达", 2).items() if row["下达日期"]}
SPENT = {at: row for at, row in sheet(EFFECT, "money.xlsx", "支出明细", 2).items() if row["支出日期"]}
WRITTEN = {"张掖市第二中学": "张掖二中"}  # one school under its full name and its usual one
WATCHED = {row["学员编号"] for row in VIEWERS.values()}


def yuan(rows):
    """An exact sum: hundredths are whole."""
    hundredths = 0
    for row in rows.values():
        whole, _, rest = re.sub("[,元]", "", row["金额"]).partition(".")
        hundredths += int(whole) * 100 + int((rest + "00")[:2])
    return hundredths / 100 if hundredths % 100 else hundredths // 100


FIGURES = {
    "staff_assigned": ("4700", "人", SUMMER, different(SUMMER, "学员编号"), 4700),
    "applications_begun": ("6", "项", BEGUN, different(BEGUN, "转化成果"), 6),
    "applications_done": ("4", "项", DONE, different(DONE, "转化成果"), 4),
    "steps_reached": (None, "项", STEPS, different(STEPS, "转化成果"), 6),
    "funds": ("300000", "元", FUNDS, yuan(FUNDS), 300000),
    "spent": ("278125", "元", SPENT, yuan(SPENT), 278125),
}


def listed(blocks, title):
    return [[cell["text"] for cell in row] for row in next(block["rows"] for block in blocks if block.get("text") == title)]


def main(program):
    ledger, check = Ledger(program, EFFECT), Checks()
    ledger.bring()
    report = ledger.json("report", "effect", EFFECT.scope, "--on", EFFECT.day)
    figures, blocks = report["figures"], report["blocks"]
    check_figures(ledger, check, figures, FIGURES)
    for name, value in (("staff_watched", "4623"), ("staff_unwatched", "77"), ("watched_share", "98.4%"), ("done_share", "66.7%"),
                        ("applications_open", "2"), ("spent_share", "92.7%"), ("overspent", "0")):
        check.same(f"{name}: printed", value, figures[name]["value"])
    by_school = {}
    for row in SUMMER.values():
        both = by_school.setdefault(WRITTEN.get(row["学校"], row["学校"]), [0, 0])
        both[0] += 1
        both[1] += row["学员编号"] in WATCHED
    check.same("who watched, by school, of how many", {name: [str(all_of), str(seen)] for name, (all_of, seen) in by_school.items()},
               {row[0]: row[1:3] for row in listed(blocks, "各校学习情况") if row[0] != "合计"})
    check.same("each step of each change", len(STEPS), len(listed(blocks, "每人进展")))
    check.same("not yet done", sorted({row["编号"] for row in BEGUN.values()} - {row["编号"] for row in DONE.values()}),
               [row[0] for row in listed(blocks, "尚未验收的学员")])
    check.same("not yet begun", ["T03", "T06", "T09", "T10"], [row[0] for row in listed(blocks, "尚未启动的学员")])
    check_history(ledger, check, only_of={"summer.tsv", "follow.csv", "money.xlsx"})
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
