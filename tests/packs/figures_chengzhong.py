#!/usr/bin/python3
"""Every published figure of chengzhong: printed, traced to its rows, counted again without the program; people and person-times
are refused as one sum; a lower bound stays one; what is undone and brought again leaves the report as it was."""
import re
import shutil
import sys

from region import (Checks, Failed, Ledger, Region, check_doubled, check_figures, check_history, different, lines, only, places, sheet,
                    table)

CHENGZHONG = Region("chengzhong", "CZ-JYJ", "2018-12-31", "2018-01-01")


def csv_of(name, encoding, separator=","):
    return lines(CHENGZHONG, name, encoding, separator)


def some(rows, column):
    """Without what stands below the table: totals, empty rows."""
    return {at: row for at, row in rows.items() if re.match(r"CZ-|\d", row[column])}


AWAY = some(sheet(CHENGZHONG, "away.xlsx", "汇总", 3), "班次编号")
FUDAN, YANGZHOU, IMMERSION = (only(AWAY, 班次编号=code) for code in ("CZ-GO-FD", "CZ-GO-YZ", "CZ-GO-CJ"))
INDUCTION = csv_of("induction.csv", "gb18030")
CLASSES = csv_of("classes.csv", "utf-8-sig")
STAFF = csv_of("staff.csv", "utf-8")
STUDIOS = csv_of("studios.tsv", "utf-8", "\t")
LED = csv_of("kindergartens.csv", "gb18030")
NATIONAL = csv_of("national.csv", "utf-8")
CADRES = some(sheet(CHENGZHONG, "cadres.xlsx", "培养名单", 2), "编号")
TUTORS = some(sheet(CHENGZHONG, "cadres.xlsx", "导师结对", 1), "学员编号")
TALENTS, TALKS, BANK = (some(sheet(CHENGZHONG, "office.xlsx", name, 1), "序号") for name in ("高端人才", "有约活动", "资源库"))
TRAINED = {row["教师编号"] for row in CLASSES.values()}
UNTRAINED = {at: row for at, row in STAFF.items() if row["教师编号"] not in TRAINED}

FIGURES = {
    "fudan": ("25", "人", FUDAN, different(FUDAN, "编号"), 25),
    "yangzhou": ("50", "人", YANGZHOU, different(YANGZHOU, "编号"), 50),
    "immersion": ("50余", "人", IMMERSION, different(IMMERSION, "编号"), 53),
    "away": ("120余", "人", AWAY, different(AWAY, "编号"), 128),
    "induction": ("110余", "人次", INDUCTION, len(INDUCTION), 113),
    "inducted": ("61", "人", INDUCTION, different(INDUCTION, "教师编号"), 61),
    "talents": ("3", "人", TALENTS, len(TALENTS), 3),
    "class_runs": ("11", "班次", CLASSES, different(CLASSES, "班次编号"), 11),
    "served": ("750", "人次", CLASSES, len(CLASSES), 750),
    "served_people": ("240", "人", CLASSES, different(CLASSES, "教师编号"), 240),
    "staff": ("243", "人", STAFF, different(STAFF, "教师编号"), 243),
    "grown": ("28", "人", STUDIOS, different(STUDIOS, "教师编号"), 28),
    "studios": ("7", "个", STUDIOS, different(STUDIOS, "工作室"), 7),
    "leaders": ("40", "人", CADRES, different(CADRES, "编号"), 40),
    "tutors": ("12", "人", TUTORS, different(TUTORS, "导师编号"), 12),
    "lead_named": (None, "所", LED, different(LED, "领办园"), 3),
    "led_kindergartens": ("3", "所", LED, different(LED, "帮带园"), 3),
    "national_people": ("63", "人", NATIONAL, different(NATIONAL, "教师编号"), 63),
    "talks": ("17", "次", TALKS, len(TALKS), 17),
    "experts": ("12", "条", only(BANK, 库="专家库"), len(only(BANK, 库="专家库")), 12),
    "lectures": ("18", "条", only(BANK, 库="讲座库"), len(only(BANK, 库="讲座库")), 18),
}


def grouped(rows, column):
    return {name: str(len(only(rows, **{column: name}))) for name in {row[column] for row in rows.values()}}


def listed(blocks, title, columns=slice(None)):
    rows = next(block["rows"] for block in blocks if block.get("text") == title)
    return [[cell["text"] for cell in row][columns] for row in rows]


def sums_refused(ledger, check):
    """A pack that adds people and person-times is no pack: told why, in both languages."""
    copy = shutil.copytree(CHENGZHONG.pack.parent, ledger.folder.name + "/regions") + "/chengzhong"
    with open(copy + "/sums.lua", "w", encoding="utf-8") as file:
        file.write('return figures { all_trained = { of = "organization", title = { zh = "培训总数", en = "all trained" }, unit = "人",\n'
                   '  measure = { plus = { "fudan", "yangzhou", "immersion", "induction" } } } }\n')
    for language, said in (("zh", "指标“fudan”（人）与“induction”（人次）单位不同，不能相加"),
                           ("en", 'figures "fudan" (人) and "induction" (人次) have different units and cannot be added')):
        try:
            ledger.run("pack", "check", copy, "--lang", language)
            check.same(f"people and person-times added ({language})", "refused", "accepted")
        except Failed as refused:
            check.same(f"people and person-times are not added ({language})", True, said in str(refused))


def main(program):
    ledger, check = Ledger(program, CHENGZHONG), Checks()
    sums_refused(ledger, check)
    ledger.bring()
    report = ledger.json("report", "annual", CHENGZHONG.scope, "--on", CHENGZHONG.day)
    figures, blocks = report["figures"], report["blocks"]
    check_figures(ledger, check, figures, FIGURES)

    reached = {row["学校"] for row in NATIONAL.values()}
    sent = {row["学校"] for row in STAFF.values()}
    tutored = {row["学员编号"] for row in TUTORS.values()}
    for name, counted, published in (
            ("national_schools", len(reached), "21"), ("returned", len(sent), "23"), ("staff_trained", len(STAFF) - len(UNTRAINED), "240"),
            ("staff_untrained", len(UNTRAINED), "3"), ("tutored", len(tutored), "39"), ("not_recent", 0, "0"),
            ("series_kept", 1, "1"), ("series_broken", 1, "1"), ("schools", 24, "24")):
        check.same(f"{name}: counted and printed", (str(counted), published), (published, figures[name]["value"]))
    for name, part, whole, printed in (("staff_share", 240, 243, "98.8%"), ("tutored_share", 39, 40, "97.5%"),
                                       ("national_share", 21, 24, "87.5%"), ("returned_share", 23, 24, "95.8%")):
        check.same(f"{name}: printed, from both sides", (printed, printed), (figures[name]["value"], f"{part / whole:.1%}"))
    check.same("schools reached: traced to the rows of their teachers", set(NATIONAL),
               places(ledger.json("trace", "national_people", CHENGZHONG.scope, "--on", CHENGZHONG.day)))

    lead = ledger.json("trace", "lead_kindergartens", CHENGZHONG.scope, "--on", CHENGZHONG.day)
    check.same("lead kindergartens: a lower bound, traced to the three that are named", ("至少3", "at_least", set(LED)),
               (figures["lead_kindergartens"]["value"], figures["lead_kindergartens"]["bound"], places(lead)))
    check.same("away, by class", grouped(AWAY, "班次"), table(blocks, "各班人数"))
    check.same("away, in all: people, and no person-times", "128", {row[0]: row[1] for row in listed(blocks, "各班人数")}["合计"])
    check.same("attendances by subject", {name: str(sum(row["学科"] == name for row in CLASSES.values())) for name in ("音乐", "美术", "科学")},
               {row[0]: row[2] for row in listed(blocks, "按学科") if row[0] != "合计"})
    check.same("talks by series", grouped(TALKS, "系列"), table(blocks, "各系列举行次数"))
    check.same("grown, by studio", grouped(STUDIOS, "工作室"), table(blocks, "各工作室培养人数"))
    check.same("who has not sent", [["CZ-S24", "城中区第24学校"]], listed(blocks, "未报送单位"))
    check.same("not reached", ["CZ-S22", "CZ-S23", "CZ-S24"], [row[0] for row in listed(blocks, "国培尚未惠及的学校")])
    check.same("not yet trained", sorted(row["教师编号"] for row in UNTRAINED.values()),
               [row[0] for row in listed(blocks, "尚未参训的学科教师")])
    check.same("without a tutor", sorted({row["编号"] for row in CADRES.values()} - tutored), [row[0] for row in listed(blocks, "尚无导师的干部")])
    check.same("series with gaps, and when", [["主任有约", "共 1 处间断，最早的是 2018-05-02 至 2018-05-15"]], listed(blocks, "有间断的系列"))
    check_doubled(ledger, check, {"induction.csv": ("gb18030", "induction"), "classes.csv": ("utf-8-sig", "served")})
    check_history(ledger, check)
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
