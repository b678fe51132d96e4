#!/usr/bin/env python3
"""Makes the sample files of this folder: the same bytes every time.

    python3 make.py [FOLDER]

Needs Debian's python3-openpyxl. People are codes, schools are numbers. Rows count up to the published figures: 25, 50 and 53
people away, 113 attendances of the induction, 11 class runs with 750 attendances, 28 people grown by studios, 21 schools; three lead
kindergartens, as many as are named in what was published.
"""
import datetime
import pathlib
import sys

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from making import table_bytes, titles_above, workbook_bytes, write_files, written_day  # noqa: E402

DAY = datetime.date
SCHOOLS = [f"城中区第{k}学校" for k in range(1, 22)]  # of 24: nobody of the other three was in the national programme
KINDERGARTENS = 3
AWAY = [("CZ-GO-FD", "复旦大学校长高级研修班", 25, DAY(2018, 4, 9), ["校长"]),
        ("CZ-GO-YZ", "扬州教学管理研修班", 50, DAY(2018, 5, 14), ["教学主任", "教学副主任", "教导处干事"]),
        ("CZ-GO-CJ", "中层干部沉浸式研修班", 53, DAY(2018, 9, 10), ["德育主任", "总务主任", "办公室主任"])]
SUBJECTS = ["音乐", "美术", "科学"]
STAFF = 240
NEWCOMERS = 3  # on the books since August, after the last class
RUNS = [("音乐", 4), ("美术", 4), ("科学", 3)]
STUDIOS = ["语文", "数学", "英语", "音乐", "美术", "科学", "心理"]


def away():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    titles_above(sheet, 7, "城中区2018年外出研修人员汇总表", "填报单位：城中区教育局　　填报日期：2018年12月")
    sheet.append(["序号", "编号", "单位", "职务", "班次编号", "班次", "报到日期"])
    number = 0
    for code, name, count, day, posts in AWAY:
        for k in range(count):
            number += 1
            sheet.append([number, f"CZ-{code[-2:]}{k + 1:02}", SCHOOLS[k % 21], posts[k % len(posts)], code, name, written_day(day, k % 2 * 4)])
    sheet.append(["合计", f"{number}人"])
    return workbook_bytes(book)


def induction():
    rows = [["场次", "内容", "教师编号", "学校", "入职年月", "签到日期"]]
    for k in range(113):  # 61 people, 52 of them twice
        person, run = (k, 1) if k < 61 else (k - 61, 2)
        day = DAY(2018, 7, 16) if run == 1 else DAY(2018, 7, 23)
        rows.append([f"CZ-XR-{run}", ["师德与常规", "课堂教学"][run - 1], f"CZ-N{person + 1:02}", SCHOOLS[person % 21], f"{2013 + person % 5}年9月", written_day(day, k)])
    return table_bytes(rows, "gb18030")


def teacher(k):
    return f"CZ-T{k + 1:03}", SUBJECTS[k % 3], SCHOOLS[k // 3 % 21]


def staff():
    rows = [["学校", "教师编号", "任教学科", "到校时间"]]
    for k in sorted(range(STAFF), key=lambda k: (SCHOOLS.index(teacher(k)[2]), k)):
        code, subject, school = teacher(k)
        rows.append([school, code, subject, f"{1995 + k % 20}-09"])
    for k in range(NEWCOMERS):
        rows.append([f"城中区第{22 + k % 2}学校", f"CZ-T{STAFF + k + 1:03}", SUBJECTS[k], "2018-08"])
    return table_bytes(rows, "utf-8", end="\n")


def classes():
    """750 attendances: the four classes of music and of art take 70 each but one, those of science the rest; everyone comes."""
    rows = [["班次编号", "班次", "学科", "开班日期", "教师编号", "学校"]]
    sizes = {"音乐": [70, 70, 70, 65], "美术": [70, 70, 70, 65], "科学": [70, 65, 65]}
    number = 0
    for subject, runs in RUNS:
        people = [teacher(k) for k in range(STAFF) if teacher(k)[1] == subject]
        seat = 0
        for run in range(runs):
            number += 1
            day = DAY(2018, 3, 12) + datetime.timedelta(days=14 * number)
            for _ in range(sizes[subject][run]):
                code, _, school = people[seat % len(people)]
                seat += 1
                rows.append([f"CZ-BC-{number:02}", f"{subject}教师培训第{run + 1}期", subject, written_day(day, number), code, school])
    return b"\xef\xbb\xbf" + table_bytes(rows, "utf-8")


def studios():
    rows = [["工作室", "教师编号", "学校", "梯队", "认定日期"]]
    for k in range(28):
        rows.append([f"{STUDIOS[k % 7]}名师工作室", f"CZ-G{k + 1:02}", SCHOOLS[k % 21], ["百名", "十名", "千名", "个位"][0 if k % 7 else 1 if k else 3], "2018.12.20"])
    return table_bytes(rows, "utf-8", separator="\t", end="\n")


def cadres():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "培养名单"
    titles_above(sheet, 4, "干部培养计划名单（2018年）")
    sheet.append(["编号", "单位", "计划", "入选日期"])
    pairs = book.create_sheet("导师结对")
    pairs.append(["学员编号", "导师编号", "结对日期"])
    for k in range(40):
        code = f"CZ-FD{k + 1:02}" if k < 25 else f"CZ-CJ{k - 24:02}"
        sheet.append([code, SCHOOLS[(k if k < 25 else k - 25) % 21], "卓越校长锻造" if k < 25 else "中层干部拔节", "2018年3月1日"])
        if k != 39:  # the last of them has no tutor yet
            pairs.append([code, f"CZ-D{k % 12 + 1:02}", "2018-03-15"])
    return workbook_bytes(book)


def office():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "高端人才"
    sheet.append(["序号", "人才编号", "领域", "引进日期"])
    for k, field in enumerate(["学前教育", "中学物理", "心理健康"], 1):
        sheet.append([k, f"CZ-R{k:02}", field, f"2018年{k + 5}月1日"])
    talks = book.create_sheet("有约活动")
    talks.append(["序号", "系列", "日期", "主题"])
    number = 0
    for series, weeks in (("校长有约", range(9)), ("主任有约", [0, 1, 2, 3, 5, 6, 7, 8])):  # one talk of the directors was not held
        for k in weeks:
            number += 1
            talks.append([number, series, written_day(DAY(2018, 3, 7) + datetime.timedelta(days=14 * k), 0), f"{series}第{k + 1}讲"])
    bank = book.create_sheet("资源库")
    bank.append(["序号", "库", "方向", "入库日期"])
    for k in range(30):
        bank.append([k + 1, "专家库" if k < 12 else "讲座库", ["课堂教学", "学校管理", "心理健康"][k % 3], "2018-06-30"])
    return workbook_bytes(book)


def kindergartens():
    rows = [["领办园", "帮带园", "结对时间"]]
    for k in range(1, KINDERGARTENS + 1):
        rows.append([f"领办园{k}", f"帮带园{k}", "2017年9月"])
    return table_bytes(rows, "gb18030")


def national():
    rows = [["教师编号", "学校", "项目", "学时", "结业日期"]]
    for k in range(63):  # three from each of 21 schools
        rows.append([f"CZ-P{k + 1:02}", SCHOOLS[k % 21], "国培计划（2018）青海省项目", f"{60 + k % 3 * 10}学时", written_day(DAY(2018, 11, 30), k)])
    return table_bytes(rows, "utf-8")


def samples():
    for make, name in ((away, "away.xlsx"), (induction, "induction.csv"), (staff, "staff.csv"), (classes, "classes.csv"), (studios, "studios.tsv"),
                       (cadres, "cadres.xlsx"), (office, "office.xlsx"), (kindergartens, "kindergartens.csv"), (national, "national.csv")):
        yield name, make()


write_files(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent, samples())
