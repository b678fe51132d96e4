#!/usr/bin/env python3
"""Makes the sample files of this folder: the same bytes every time.

    python3 make.py [FOLDER]

Needs Debian's python3-openpyxl. People and schools are codes: none is published. Forty people of four categories are there
on eight days and in six phases; how many belong to each category, and the clusters, are assumed.
"""
import datetime
import pathlib
import sys

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from making import table_bytes, titles_above, workbook_bytes, write_files  # noqa: E402

DAY = datetime.date
COUNTIES = ["德令哈市", "格尔木市", "茫崖市", "乌兰县", "都兰县", "天峻县"]
LEADS, PLANNED = 12, 8  # clusters in force and planned; their heads are the third and the fourth category
NOT_SENT = "天峻县"      # has planned clusters, and has not sent its return

# session: day, part of the day, phase, topic, hours
SESSIONS = [
    (13, "上午", "开班仪式", "开班仪式", 2), (13, "下午", "理论学习", "城乡教育一体化政策解读", 4),
    (14, "上午", "理论学习", "集团化办学的治理结构", 4), (14, "下午", "理论学习", "教师交流轮岗机制", 4),
    (15, "上午", "理论学习", "集团内课程与教研一体化", 4), (15, "下午", "理论学习", "集团校评价", 4),
    (16, "上午", "案例分享", "牵头校办学案例", 4), (16, "下午", "案例分享", "县域集团化推进案例", 4),
    (17, "上午", "实地观摩", "观摩集团总校", 4), (17, "下午", "实地观摩", "观摩成员校", 4), (17, "晚上", "交流研讨", "观摩小组研讨", 2),
    (18, "上午", "实地观摩", "观摩乡镇成员校", 4), (18, "下午", "实地观摩", "观摩集团教研", 4),
    (19, "上午", "交流研讨", "集团章程研讨", 4), (19, "下午", "交流研讨", "组建方案研讨", 4),
    (20, "上午", "交流研讨", "成果展示", 4), (20, "下午", "结业典礼", "结业典礼", 2),
]


def sessions(*phases):
    for number, session in enumerate(SESSIONS, 1):
        if session[2] in phases:
            yield number, session


def people():
    """code, county, school or bureau, category"""
    for k in range(40):
        county = COUNTIES[k % 6]
        if k < 6:
            yield f"HX{k + 1:02}", county, f"{county}教育局", "分管负责人"
        elif k < 20:
            yield f"HX{k + 1:02}", county, f"{county}教育局", "科室人员"
        elif k < 20 + LEADS:
            yield f"HX{k + 1:02}", cluster_county(k - 19), f"海西学校{k - 19:02}", "牵头校负责人"
        else:
            yield f"HX{k + 1:02}", cluster_county(k - 19), f"海西学校{k - 19:02}", "拟牵头校负责人"


def cluster_county(number):
    return COUNTIES[(number - 1) % 5] if number <= LEADS else COUNTIES[(number - LEADS - 1) % 6]


def absent(person, number):
    """Each third person misses one session between the first and the last day; nobody a phase."""
    return person % 3 == 0 and number == 2 + person % 6


# ---- what is sent ----

def roster():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "学员名单"
    titles_above(sheet, 7, "国培计划（2025）海西州城乡一体化与集团化办学培训班学员名单", "海西州教育局　2025年10月", "说明：学员类别分四类")
    sheet.append(["序号", "学员编号", "所属县市", "工作单位", "学员类别", "报到日期", "备注"])
    for k, (code, county, place, category) in enumerate(people(), 1):
        day = [DAY(2025, 10, 13), "2025.10.13", "2025年10月13日", "2025/10/13"][k % 4]
        sheet.append([k, code, county, place, category, day, None])
        sheet.cell(sheet.max_row, 6).number_format = "yyyy-mm-dd"
    sheet.append(["合计", None, None, "40人", None, None, None])
    sheet.append(["填表人：培训组", None, None, None, None, None, None])
    sheet.freeze_panes = "A5"
    return workbook_bytes(book)


def form(day, chosen):
    """One day's attendance sheet as typed in: a row for each person and session."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "签到表"
    phase = chosen[0][1][2]
    titles_above(sheet, 8, "国培计划（2025）海西州培训班签到表")
    for row, (label, said) in enumerate([("阶段", phase), ("签到日期", f"2025.10.{day}"), ("地点", "海西州"), ("应到", "40人")], 2):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, said)
    for column, title in enumerate(["序号", "学员编号", "时段", "场次编号", "内容", "学时", "签到", "备注"], 1):
        sheet.cell(6, column, title)
    line = 0
    for number, (_, part, _, topic, hours) in chosen:
        for k, (code, *_) in enumerate(people(), 1):
            line += 1
            away = absent(k, number)
            sheet.append([line, code, part, f"HX-S{number:02}", topic, f"{hours}学时" if k % 2 else hours, None if away else "√",
                          "请假" if away else None])
    sheet.append(["班主任：", None, None, None, None, None, None, None])
    return workbook_bytes(book)


def scans(chosen, written):
    yield ["学员", "活动", "主题", "培训阶段", "日期", "扫码时间", "计学时"]
    for number, (day, part, phase, topic, hours) in chosen:
        hour = {"上午": 8, "下午": 14, "晚上": 19}[part]
        for k, (code, *_) in enumerate(people(), 1):
            if not absent(k, number):
                yield [code, f"HX-S{number:02}", topic, phase, written(day), f"{hour}:{20 + k % 9:02}:{k % 60:02}", f"{hours}学时"]


def clusters():
    """The counties' return: clusters with their lead schools, and two or three member schools each."""
    book = openpyxl.Workbook()
    leads, members = book.active, book.create_sheet("成员校")
    leads.title = "集团"
    titles_above(leads, 7, "海西州集团化办学情况报送表（集团）")
    leads.append(["填报单位", "填报日期", "集团编号", "集团名称", "牵头校", "状态", "成立时间"])
    titles_above(members, 5, "海西州集团化办学情况报送表（成员校）")
    members.append(["填报单位", "集团编号", "成员校", "状态", "加入时间"])
    school = LEADS + PLANNED
    for number in range(1, LEADS + PLANNED + 1):
        county, planned = cluster_county(number), number > LEADS
        mine = range(school + 1, school + 3 + number % 2)
        school = mine[-1]
        since = f"2026年{3 if number % 2 else 9}月1日" if planned else f"{2022 + number % 3}.9.1"
        state = "拟成立" if planned else "已成立"
        if county == NOT_SENT:
            continue
        leads.append([county, DAY(2025, 11, 20), f"HX-JT{number:02}", f"海西教育集团{number:02}", f"海西学校{number:02}", state, since])
        for one in mine:
            members.append([county, f"HX-JT{number:02}", f"海西学校{one:02}", state, since])
    leads.append(["合计", None, None, f"{leads.max_row - 2}个", None, None, None])
    members.append(["合计", None, f"{members.max_row - 2}所", None, None])
    return workbook_bytes(book)


def samples():
    yield "roster.xlsx", roster()
    yield "sign-in-1-opening.xlsx", form(13, list(sessions("开班仪式")))
    yield "sign-in-2-theory.csv", table_bytes(scans(sessions("理论学习"), lambda day: f"2025-10-{day}"), "gb18030")
    yield "sign-in-3-cases.tsv", table_bytes(scans(sessions("案例分享"), lambda day: f"2025/10/{day}"), "utf-8", "\t", "\n")
    for day in (17, 18):
        yield f"sign-in-4-visits-{day}.xlsx", form(day, [one for one in sessions("实地观摩") if one[1][0] == day])
    yield "sign-in-5-exchange.csv", table_bytes(scans(sessions("交流研讨"), lambda day: f"2025年10月{day}日"), "utf-8-sig")
    yield "sign-in-6-closing.xlsx", form(20, list(sessions("结业典礼")))
    yield "clusters.xlsx", clusters()


write_files(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent, samples())
