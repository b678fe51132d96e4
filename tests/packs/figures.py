#!/usr/bin/python3
"""Every published figure of ganzhou: what the report prints, the rows behind it, and the number these rows make.

The rows are read here once more from the sample files, without the program: a figure is right if `trace` lists exactly the
rows that a person would count, with the text that stands in them, and counting them by hand gives the published number.
"""
import re
import sys

from region import (COHORT, DAY, GANZHOU, Checks, Ledger, check_figures, different, lines, places, plain, rows_of, sheet,
                    table)


def number(words):
    return int(re.sub(r"[^0-9]", "", plain(words)))


ROSTER = {at: row for at, row in sheet(GANZHOU, "roster.xlsx", "名单", 3).items() if re.fullmatch(r"T\d\d", plain(row["编号"]))}
HOSTED = {at: row for at, row in ROSTER.items() if row["接收学校"]}
OPEN = {at: row for at, row in ROSTER.items() if not row["接收学校"]}
OBSERVED = lines(GANZHOU, "observations.csv", "gb18030")
MEETINGS = {}
for meeting in range(1, 7):
    MEETINGS.update({at: row for at, row in sheet(GANZHOU, f"meeting-{meeting}.xlsx", "成员列表", 9).items() if row["身份"] == "成员"})
PAIRS = {(at[0], code) for at, row in MEETINGS.items() for code in re.findall(r"T\d\d(?=\()", row["用户昵称(入会昵称)"])}
REPORTS = sheet(GANZHOU, "results.xlsx", "研修成果", 2)
VIDEOS = sheet(GANZHOU, "results.xlsx", "分享视频", 2)
APPLIED = lines(GANZHOU, "applications.csv", "utf-8-sig")
VIEWERS = lines(GANZHOU, "viewers.csv", "utf-8")


# figure: as published, its unit, the rows behind it, and what counting them gives
FIGURES = {
    "trainees": ("10", "人", ROSTER, different(ROSTER, "编号"), 10),
    "hosts": ("10", "所", ROSTER, different(HOSTED, "接收学校") + len(OPEN), 10),
    "hosts_known": ("9", "所", HOSTED, different(HOSTED, "接收学校"), 9),
    "hosts_unknown": ("1", "所", OPEN, len(OPEN), 1),
    "observations": ("200余", "节", OBSERVED, len(OBSERVED), 207),
    "research_sessions": ("50余", "场", MEETINGS, len(PAIRS), 53),
    "report_characters": ("10万余", "字", REPORTS, sum(number(row["字数"]) for row in REPORTS.values()), 103412),
    "videos": ("10", "个", VIDEOS, len(VIDEOS), 10),
    "video_longest": ("15", "分钟", VIDEOS, max(number(row["时长"]) for row in VIDEOS.values()), 15),
    "video_shortest": (None, "分钟", VIDEOS, min(number(row["时长"]) for row in VIDEOS.values()), 15),
    "viewers": ("4600余", "人", VIEWERS, different(VIEWERS, "学员编号"), 4623),
    "applied": ("6", "人", APPLIED, different(APPLIED, "编号"), 6),
    "completed": ("9", "人", HOSTED, len(HOSTED), 9),
    "undecided": ("1", "人", OPEN, len(OPEN), 1),
}
SHARES = {"application_rate": ("60%", APPLIED | ROSTER), "hosts_known_share": ("90%", ROSTER), "completion": ("90%", ROSTER)}
BY_PLACE = {"北京": "3", "江苏": "2", "深圳": "2", "广州": "1", "浙江": "1", "未知": "1"}
BY_PROVINCE = {"北京": "3", "广东": "3", "江苏": "2", "浙江": "1", "未知": "1"}
BY_THEME = {"课堂": "3", "管理": "3", "技术": "3", "未知": "1"}


def main(program):
    ledger, check = Ledger(program), Checks()
    ledger.bring()
    ledger.run("evaluate", "--on", DAY)
    report = ledger.json("report", "annual", COHORT, "--on", DAY)
    figures, blocks = report["figures"], report["blocks"]

    check_figures(ledger, check, figures, FIGURES)
    for name, (published, rows) in SHARES.items():
        check.same(f"{name}: printed as published", published, figures[name]["value"])
        check.same(f"{name}: traced to exactly its rows", set(rows),
                   places(ledger.json("trace", name, COHORT, "--on", DAY)))
    for name, value in (("batch", "2"), ("duration", "1")):
        check.same(f"{name}: printed as published", value, figures[name]["value"])
        traced = ledger.json("trace", name, COHORT, "--on", DAY)
        check.same(f"{name}: traced to the line that declares it", ["ganzhou/programmes.lua"],
                   [row["file"] for row in rows_of(traced)])
    check.same("placements by place", BY_PLACE, table(blocks, "按研修地区"))
    check.same("placements by province", BY_PROVINCE, table(blocks, "按省份"))
    check.same("placements by theme", BY_THEME, table(blocks, "按研修主题"))

    for day, met, unmet, unknown in ((DAY, 9, 0, 1), ("2025-04-20", 0, 9, 1), ("2025-01-15", 0, 9, 1)):
        rules = {row["rule"]: row["outcomes"] for row in ledger.json("evaluate", "--on", day, "--dry-run")["rules"]}
        check.same(f"placements on {day}: completed, uncompleted, unknown", (met, unmet, unknown),
                   tuple(rules["placement"][outcome] for outcome in ("met", "unmet", "unknown")))
        if day == DAY:
            check.same("changes at home", (6, 4), tuple(rules["application"][outcome] for outcome in ("met", "unmet")))
            check.same("eligible", 10, rules["eligibility"]["met"])
            check.same("all three phases", (6, 4, 0), tuple(rules["loop"][outcome] for outcome in ("met", "unmet", "unknown")))
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
