#!/usr/bin/env python3
"""Makes the sample files of this folder: the same bytes every time.

    python3 make.py [FOLDER]

Needs Debian's python3-openpyxl. People and schools are codes: none is published. 52 schools, each with a pair; 183 people
placed; 14 researchers on three days; the audience (300余) and the teachers sent (多名) are declared in one row each.
"""
import datetime
import pathlib
import sys

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from making import table_bytes, titles_above, workbook_bytes, write_files  # noqa: E402

DAY = datetime.date
SCHOOLS, PARTNERS, PLACED, SENT = 52, 40, 183, 14
LAPSES = 17           # the school whose only pair ends with 2020
NOT_SENT = (8, 29, 44)
SECTIONS = ["小学", "小学", "初中", "幼儿园", "小学", "初中", "高中", "职业学校"]
ACTIVITIES = ["下校专项调研", "示范性教研活动", "工作坊研修", "专题座谈"]

SUPPORT = [
    ("2018年12月", "政策咨询", "帮扶工作对接与政策咨询"), ("2019年4月", "专项研讨", "课堂教学专项研讨"),
    ("2019.9.16", "跟岗培训", "骨干教师跟岗"), ("2020.2.24", "线上培训", "居家学习期间的线上培训"),
    ("2020.4.8", "线上教研", "同步线上教研"), ("2020.5.20", "线上教研", "初中学科线上教研"),
    ("2020年11月3日", "送研送教", "14名教研员送研送教"), ("2020年11月4日", "专项研讨", "教师发展中心建设研讨"),
]


# ---- what is sent ----

def school(number):
    return f"科右前旗受援学校{number:02}"


def partner(number):
    return f"海淀支援学校{(number - 1) % PARTNERS + 1:02}"


def schools():
    yield ["学校代码", "受援学校名称", "学段"]
    for number in range(1, SCHOOLS + 1):
        yield [f"KYQ-S{number:02}", school(number), SECTIONS[number % 8]]


def pairs():
    """Each school has a pair, three have a second one; one pair ends with 2020."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "结对"
    titles_above(sheet, 6, "海淀区—科右前旗结对学校一览表", "科右前旗教育局　2020年11月")
    sheet.append(["序号", "受援学校", "支援学校", "结对日期", "终止日期", "备注"])
    rows = [(number, partner(number)) for number in range(1, SCHOOLS + 1)] + [(number, partner(number + 20)) for number in (3, 9, 30)]
    for line, (number, other) in enumerate(rows, 1):
        since = "2018.12.20" if number <= 20 else "2019年9月2日" if number <= 45 else DAY(2020, 11, 3)
        sheet.append([line, school(number), other, since, "2020-12-31" if number == LAPSES else None, "到期" if number == LAPSES else None])
        sheet.cell(sheet.max_row, 4).number_format = "yyyy-mm-dd"
    sheet.append(["合计", f"{SCHOOLS}所", None, None, None, None])
    return workbook_bytes(book)


def placements():
    yield ["跟岗人员", "派出学校", "接收学校", "到岗", "离岗", "天数"]
    for k in range(1, PLACED + 1):
        number = (k - 1) % 45 + 1
        begun = DAY(2019, 9, 16) + datetime.timedelta(days=7 * ((k - 1) // 12))
        days = 5 + k % 3
        ended = begun + datetime.timedelta(days=days - 1)
        yield [f"KQ{k:03}", school(number), partner(number), f"{begun.year}.{begun.month}.{begun.day}", f"{ended.year}.{ended.month}.{ended.day}", f"{days}天"]


def mission():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "行程"
    titles_above(sheet, 6, "海淀区教师进修学校赴科右前旗送研送教行程", "2020年11月3日至5日", "教研员14人")
    sheet.append(["序号", "教研员编号", "单位", "日期", "活动形式", "地点"])
    line = 0
    for day in (3, 4, 5):
        for k in range(1, SENT + 1):
            line += 1
            written = [f"2020.11.{day}", f"2020年11月{day}日", DAY(2020, 11, day)][k % 3]
            sheet.append([line, f"KM{k:02}", "海淀区教师进修学校", written, ACTIVITIES[(day + k) % 4], school(1 + (k * day) % 40)])
            sheet.cell(sheet.max_row, 4).number_format = "yyyy-mm-dd"
    sheet.append(["注：地点以实际为准"])
    return workbook_bytes(book)


def support():
    yield ["时间", "支持方式", "事项", "受援单位"]
    for when, form, work in SUPPORT:
        yield [when, form, work, "科右前旗教育局"]


def declared():
    book = openpyxl.Workbook()
    numbers, seconded = book.active, book.create_sheet("挂职")
    numbers.title = "申报"
    titles_above(numbers, 5, "人数申报表（无名单）")
    numbers.append(["单位", "日期", "事项", "听众", "支教教师"])
    numbers.append(["科右前旗教育局", "2020.11.3", "专题讲座", "300余人", None])
    numbers.append(["科右前旗教育局", "2020.11.5", "支教", None, "多名"])
    titles_above(seconded, 4, "挂职人员表")
    seconded.append(["挂职人员", "派出单位", "挂职单位", "挂职时间"])
    seconded.append(["KG01", "海淀区教师进修学校", "科右前旗教师发展中心", "2020年11月"])
    return workbook_bytes(book)


def returns():
    yield ["报送学校", "报送日期"]
    for number in range(1, SCHOOLS + 1):
        if number not in NOT_SENT:
            yield [school(number), f"2020-12-{1 + number % 20:02}"]


def samples():
    yield "schools.csv", table_bytes(schools(), "gb18030")
    yield "pairs.xlsx", pairs()
    yield "placements.tsv", table_bytes(placements(), "utf-8", "\t", "\n")
    yield "mission.xlsx", mission()
    yield "support.csv", table_bytes(support(), "utf-8-sig")
    yield "declared.xlsx", declared()
    yield "returns.csv", table_bytes(returns(), "gb18030")


write_files(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent, samples())
