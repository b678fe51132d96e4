#!/usr/bin/python3
"""Every published figure of tongnan: printed, traced to its rows, counted again without the program. So are the decisions: who is
ready for the next stage, which trainers have all six competences, which teachers and schools met the year's result."""
import collections
import re
import sys

from region import Checks, Ledger, Region, check_doubled, check_figures, check_history, different, lines, only, place, places, plain, rows_of, sheet, table

TONGNAN = Region("tongnan", "TN-JYW", "2023-12-31", "2023-01-01")


def number(words):
    return int(re.match(r"\d+", plain(words))[0])


def where(rows, column):
    """Rows with something in the column."""
    return {at: row for at, row in rows.items() if row[column]}


def coded(rows, column):
    """Rows of people, by their code: the totals and remarks below them are none."""
    return {at: row for at, row in rows.items() if re.fullmatch(r"TNJ?\d+", plain(row[column]))}


def workbook(file, name, header, column):
    return coded(sheet(TONGNAN, file, name, header), column)


ROSTER = workbook("roster.xlsx", "梯队名册", 3, "教师编号")
PLANS = lines(TONGNAN, "plans.csv", "gb18030")
CLASS = workbook("programming.xlsx", "学员名册", 3, "学员编号")
TASKS = {at: row for at, row in sheet(TONGNAN, "tasks.xlsx", "任务分解", 3).items() if row["完成时限"]}
RATED = lines(TONGNAN, "competences.csv", "utf-8-sig")
RUBRIC = workbook("rubric.xlsx", "评价汇总", 3, "教师编号")
COURSES = lines(TONGNAN, "courses.tsv", "utf-8", "\t")
CASES = workbook("cases.xlsx", "案例流转", 2, "教师编号")
ALL_PAPERS = lines(TONGNAN, "papers.csv", "gb18030")
PAPERS = only(ALL_PAPERS, 刊物级别="省级") | only(ALL_PAPERS, 刊物级别="国家级")
STAFF = workbook("awards.xlsx", "学院教职工", 2, "获奖人编号")
SCHOOL_AWARDS = workbook("awards.xlsx", "基层学校教师", 2, "获奖人编号")
AWARDS = only(SCHOOL_AWARDS, 级别="市级") | only(SCHOOL_AWARDS, 级别="国家级")
CONTEST = only(SCHOOL_AWARDS, 赛事或项目="教学竞赛（2022年）")
HONOURS = workbook("honours.xlsx", "荣誉称号", 2, "教师编号")
ACHIEVED = only(sheet(TONGNAN, "honours.xlsx", "教学成果", 2), 级别="市级", 等次="二等奖")
SMART = sheet(TONGNAN, "honours.xlsx", "示范学校", 2)
DECLARED = lines(TONGNAN, "declared.csv", "utf-8-sig")
RETURNS = lines(TONGNAN, "returns.csv", "utf-8")

WORKERS, EXCELLENT = only(HONOURS, 称号="全国先进工作者"), only(HONOURS, 称号="全国优秀教师")
STUDENTS, MAYOR = only(DECLARED, 申报内容="获奖学生"), only(DECLARED, 申报内容="科技创新市长奖")
TRAINERS = only(PLANS, 行动计划="教师培训师培养")
LADDER = where(ROSTER, "梯队层级")
SIX, STEPS = ["设计", "组织", "教学", "指导", "评价", "研究"], ["教师提出问题", "备课组预诊", "区级研训组会诊", "指导备课组形成方案", "教师实践并形成案例"]

FIGURES = {
    "programming": ("70余", "人", CLASS, different(CLASS, "学员编号"), 73),
    "papers": ("298", "篇", PAPERS, different(PAPERS, "论文编号"), 298),
    "staff_awards": ("165", "人次", STAFF, len(STAFF), 165),
    "teachers_awarded": ("近70", "人", AWARDS, different(AWARDS, "获奖人编号"), 68),
    "students_awarded": ("500多", "人", STUDENTS, next(row["人数"] for row in STUDENTS.values()), "500多"),
    "smart_schools": ("4", "所", SMART, different(SMART, "学校"), 4),
    "smart_named": ("2", "所", only(SMART, 是否公布校名="是"), len(only(SMART, 是否公布校名="是")), 2),
    "contest_people": ("1", "人", CONTEST, different(CONTEST, "获奖人编号"), 1),
    "contest_awards": ("2", "项", CONTEST, len(CONTEST), 2),
    "achievements": ("1", "项", ACHIEVED, len(ACHIEVED), 1),
    "workers": ("至少2", "人", WORKERS, f"至少{len(WORKERS)}", "至少2"),
    "excellent_teachers": ("至少1", "人", EXCELLENT, f"至少{len(EXCELLENT)}", "至少1"),
    "mayor_prize": ("1", "人", MAYOR, sum(number(row["人数"]) for row in MAYOR.values()), 1),
    # people and person-times from the same rows
    "staff_awarded": ("37", "人", STAFF, different(STAFF, "获奖人编号"), 37),
    "teacher_awards": ("96", "人次", AWARDS, len(AWARDS), 96),
    "authors": ("125", "人", PAPERS, different(PAPERS, "作者编号"), 125),
    "members": ("172", "人", PLANS, different(PLANS, "教师编号"), 172),
    "places": ("332", "人次", PLANS, len(PLANS), 332),
    "teachers": ("160", "人", LADDER, different(LADDER, "教师编号"), 160),
    "stages": ("5", "级", LADDER, len({{"青年教师": "合格教师", "卓越教师": "教育家型教师"}.get(row["梯队层级"], row["梯队层级"]) for row in LADDER.values()}), 5),
    "competences": ("6", "项", RATED, sum(name in next(iter(RATED.values())) for name in SIX), 6),
    "tasks": ("25", "项", TASKS, len(TASKS), 25),
    "tasks_done": ("12", "项", where(TASKS, "完成日期"), len(where(TASKS, "完成日期")), 12),
    "trainers": ("12", "人", TRAINERS, different(TRAINERS, "教师编号"), 12),
    "lessons": ("192", "节", RUBRIC, different(RUBRIC, "评价表编号"), 192),
    "courses_chosen": ("591", "人次", only(COURSES, 自主选课="是"), len(only(COURSES, 自主选课="是")), 591),
    "hours": ("6762", "学时", COURSES, sum(number(row["学时"]) for row in COURSES.values()), 6762),
    "cases": ("24", "个", CASES, different(CASES, "案例编号"), 24),
    "cases_formed": ("15", "个", where(CASES, STEPS[4]), len(where(CASES, STEPS[4])), 15),
}


def of_person(rows, column):
    found = collections.defaultdict(list)
    for row in rows.values():
        found[plain(row[column])].append(row)
    return found


def decided():
    """What the rules decide, worked out from the files: by person code and school number."""
    hours, scores, papers, awards = collections.Counter(), {}, {}, collections.Counter()
    for row in COURSES.values():
        hours[row["教师编号"]] += number(row["学时"])
    for code, rows in of_person(RUBRIC, "教师编号").items():
        scores[code] = sum(number(row["总分"]) for row in rows) / len(rows)
    for code, rows in of_person(PAPERS, "作者编号").items():
        papers[code] = len({row["论文编号"] for row in rows})
    for row in AWARDS.values():
        awards[row["获奖人编号"]] += 1
    asked = {"新教师": (1, 24, 60, 0, 0), "合格教师": (5, 36, 75, 1, 0), "青年教师": (5, 36, 75, 1, 0), "骨干教师": (10, 48, 85, 2, 1), "名优教师": (15, 60, 90, 3, 2)}
    ready, met, school_of = set(), set(), {}
    for row in LADDER.values():
        code = plain(row["教师编号"])
        school_of[code] = re.search("[一二三四五六七八九十]", row["工作单位"].replace("基层学校", ""))[0]
        has = (2023 - number(row["参加工作时间"]), hours[code], scores.get(code, 0), papers.get(code, 0), awards[code])
        if row["梯队层级"] in asked and all(had >= needed for had, needed in zip(has, asked[row["梯队层级"]])):
            ready.add(code)
        if hours[code] >= 24 and scores.get(code, 0) >= 60:
            met.add(code)
    share = {school: sum(code in met for code, own in school_of.items() if own == school) / list(school_of.values()).count(school) for school in school_of.values()}
    return ready, met, {school for school, part in share.items() if part >= 0.8}, scores


def check_decisions(ledger, check, figures):
    ready, met, schools, scores = decided()
    trainers = [row for row in RATED.values() if all(number(row[name]) >= 80 for name in SIX)]
    wanted = {"ready": len(ready), "unready": 155 - len(ready), "teachers_met": len(met), "schools_met": len(schools), "trainers_complete": len(trainers),
              "excellent": sum(score >= 90 for score in scores.values()), "passed": sum(60 <= score < 90 for score in scores.values()),
              "failed": sum(score < 60 for score in scores.values()), "schools_sent": len(RETURNS), "cases_in_order": 0}
    for name, count in wanted.items():
        check.same(f"{name}: as worked out from the files", str(count), figures[name]["value"])
    for name, people in (("ready", ready), ("teachers_met", met)):
        traced = {plain(row["cells"][1]) for row in rows_of(ledger.json("trace", name, "TN-JYW", "--on", TONGNAN.day, "--detail", "full"))
                  if row["file"] == "roster.xlsx"}
        check.same(f"{name}: these people", people, traced)
    for name, count in (("plans", "8"), ("themes", "3"), ("levels", "3"), ("case_steps", "5"), ("case_actors", "3")):
        check.same(f"{name}: printed as published", count, figures[name]["value"])
    for name in ("plans", "themes"):
        traced = rows_of(ledger.json("trace", name, "TN-JYW", "--on", TONGNAN.day))
        check.same(f"{name}: traced to the lines that declare them", {"tongnan/programmes.lua"}, {row["file"] for row in traced})
    for name, share in (("tasks_share", "48%"), ("cases_share", "62.5%"), ("sent_share", "80%"), ("trainers_share", "83.3%")):
        check.same(f"{name}: a share of two numbers", share, figures[name]["value"])


def main(program):
    ledger, check = Ledger(program, TONGNAN), Checks()
    ledger.bring()
    ledger.run("evaluate", "--on", TONGNAN.day)
    report = ledger.json("report", "annual", "TN-JYW", "--on", TONGNAN.day)
    check_figures(ledger, check, report["figures"], FIGURES)
    check_decisions(ledger, check, report["figures"])
    check.same("teachers by stage", {"新教师": "30", "合格教师": "60", "骨干教师": "45", "名优教师": "20", "教育家型教师": "5"}, table(report["blocks"], "各层级教师"))
    check.same("schools that have not sent", ["TN-04", "TN-09"],
               [row[0]["text"] for block in report["blocks"] if block.get("text") == "未报送单位" for row in block["rows"]])
    lacking = next(block["rows"] for block in report["blocks"] if block.get("text") == "尚未六项达标的培训师")
    check.same("trainers: which competence they lack, and by how much", [["TNJ05", "评价差 6 分"], ["TNJ10", "研究差 5 分"]],
               [[cell["text"] for cell in row] for row in lacking])
    check_doubled(ledger, check, {"plans.csv": ("gb18030", "places"), "courses.tsv": ("utf-8", "courses_chosen")})
    check_history(ledger, check)
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
