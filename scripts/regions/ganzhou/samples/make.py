#!/usr/bin/env python3
"""Makes the sample files of this folder: the same bytes every time.

    python3 make.py [FOLDER]          the files that a bureau, its schools and its platforms send
    python3 make.py --told FOLDER     corrected and faulty variants of them, for the transcript tests

Needs Debian's python3-openpyxl. People are codes, schools are those published. Rows count up to the published figures:
207 lessons observed, 53 attendances of research sessions, 103,412 characters, ten videos of 15 minutes, 4,623 viewers.
"""
import datetime
import pathlib
import sys

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from making import full_width, table_bytes, titles_above, workbook_bytes, write_files, written_day  # noqa: E402

DAY = datetime.date

TRAINEES = [
    # code, home school, host school, place, theme, position, backbone level
    ("T01", "大成学校", "南通市启秀市北初级中学", "江苏", "课堂", "教务主任", ""),
    ("T02", "思源实验学校", "首都师范大学附属中学朝阳学校", "北京", "课堂", "教研组长", "市级"),
    ("T03", "西街小学", "深圳景莲小学", "深圳", "课堂", "", "县级"),
    ("T04", "南关学校", "北京金泽小学", "北京", "管理", "副校长", ""),
    ("T05", "张掖市第二中学", "江苏南菁高中", "江苏", "管理", "副校长", "市级"),
    ("T06", "甘州中学", "北理工附小", "北京", "管理", "德育主任", ""),
    ("T07", "金安苑学校", "杭州安吉路实验学校", "浙江", "技术", "信息中心主任", ""),
    ("T08", "青西小学", "广州东荟花园小学", "广州", "技术", "", "县级"),
    ("T09", "张掖一中", "深圳大望学校", "深圳", "技术", "教研室主任", "市级"),
    ("T10", "职教中心", "", "", "", "实训中心主任", ""),
]
BORN = ["1984年3月", "1986.11", "1990年6月", "1982.5", "1981年9月", "1985.12", "1988年2月", "1991.7", "1983年10月", "1987.4"]
HIRED = [2006, 2008, 2013, 2004, 2003, 2008, 2011, 2014, 2005, 2010]
BEGUN = [DAY(2025, 4, 7)] * 4 + [DAY(2025, 4, 8)] * 3 + [DAY(2025, 4, 14)] * 3
STAYED = [30, 30, 31, 30, 28, 29, 30, 31, 30, None]
OBSERVED = [22, 21, 20, 19, 23, 18, 22, 21, 20, 21]  # 207
COURSES = ["语文", "数学", "英语", "科学", "信息科技", "道德与法治", "综合实践"]
LESSONS = ["常规课", "公开课", "研讨课"]

MEETINGS = [
    # day, begun at, topic, minutes, who was not there
    (DAY(2025, 4, 10), "19:30:00", "教育数字化转型专题研讨（一）", 90, ["T10"]),
    (DAY(2025, 4, 17), "19:30:00", "课程改革专题研讨（一）", 95, ["T06"]),
    (DAY(2025, 4, 24), "19:30:00", "学校治理专题研讨（一）", 80, ["T09"]),
    (DAY(2025, 5, 8), "19:00:00", "教育数字化转型专题研讨（二）", 100, ["T03"]),
    (DAY(2025, 5, 15), "19:30:00", "课程改革专题研讨（二）", 85, ["T06", "T10"]),
    (DAY(2025, 5, 22), "19:30:00", "学校治理专题研讨（二）", 90, ["T08"]),
]
SHARED = {2: ("T03", "T04", "＆"), 5: ("T07", "T08", "&")}  # two people at one computer, under one nickname
CAME_BACK = {1: {"T02": 2}, 3: {"T05": 3}, 6: {"T07": 2, "T01": 2}}  # rows of who left and came back

REPORTS = [3, 2, 2, 2, 3, 2, 2, 3, 2, 2]  # 23 reports, 103,412 characters
TOPICS = ["跟岗研修总结", "接收学校调研报告", "校本改进方案"]

VIDEOS = [
    "“自学・议论・引导”教学法在课堂中的运用", "导学案怎样设计", "让课堂慢下来", "创新实践共同体的组织",
    "“国学+科创”课程体系", "小事里的学校治理", "AI创新评价平台", "“AI+学科”融合实践", "数字化备课的一周", "实训课上的改进",
]
VIEWERS = 4623

APPLICATIONS = [
    ("T01", "大成学校", '推广"自学・议论・引导"教学法', "2025-05-19"),
    ("T02", "思源实验学校", "优化导学案设计", "2025-05-20"),
    ("T04", "南关学校", '"创新实践共同体"', "2025.6.3"),
    ("T05", "张掖二中", '"国学+科创"课程体系', "2025年9月1日"),
    ("T07", "金安苑学校", '"AI创新评价平台"', "2025-09-08"),
    ("T08", "青西小学", '"AI+学科"融合实践', "2025/9/10"),
]


# ---- what is sent ----

ROSTER = ["序号", "编号", "派出学校", "到校时间", "出生年月", "参加工作时间", "职务", "任现职时间", "骨干级别", "认定时间", "推荐日期",
          "潜力大", "懂业务", "肯探索", "善创新", "接收学校", "研修地区", "研修主题", "研修开始", "研修结束", "一人一案", "备注"]


def roster_rows():
    for i, (code, home, host, place, theme, position, backbone) in enumerate(TRAINEES):
        begun = BEGUN[i]
        ended = begun + datetime.timedelta(days=(STAYED[i] or 30) - 1)
        unknown = not host
        yield {
            "序号": full_width(str(i + 1)) if i % 3 == 2 else i + 1,
            "编号": full_width(code) if code in ("T03", "T07") else code,
            "派出学校": home,
            "到校时间": f"{HIRED[i] + 2}-08",
            "出生年月": BORN[i],
            "参加工作时间": DAY(HIRED[i], 9, 1) if i % 2 else f"{HIRED[i]}.9",
            "职务": position or None,
            "任现职时间": f"{HIRED[i] + 8}年9月" if position else None,
            "骨干级别": backbone or None,
            "认定时间": DAY(2020, 12, 1) if backbone else None,
            "推荐日期": full_width("2025.3.10") if i == 4 else DAY(2025, 3, 10),
            "潜力大": "√", "懂业务": "√", "肯探索": "√", "善创新": "√",
            "接收学校": host or None, "研修地区": place or None, "研修主题": theme or None,
            "研修开始": "2025年4月" if unknown else (begun if i % 2 else written_day(begun, i)),
            "研修结束": "2025年5月" if unknown else (ended if i % 2 else written_day(ended, i)),
            "一人一案": f"研修方案{code}",
            "备注": "接收学校待核实" if unknown else None,
        }


def roster(rows=None, columns=ROSTER):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    titles_above(sheet, len(columns), "甘州区“红烛之光”人才项目第二批次跟岗研修选派名单", "填报单位：甘州区教育局　　2025年3月")
    rows = list(rows if rows is not None else roster_rows())
    sheet.append(columns)
    for row in rows:
        sheet.append([row[column] for column in columns])
    for cells in sheet.iter_rows(min_row=4):
        for cell in cells:
            if isinstance(cell.value, DAY):
                cell.number_format = "yyyy-mm-dd"
    last = sheet.max_row + 1
    sheet.cell(last, 1, "合计")
    sheet.merge_cells(start_row=last, start_column=1, end_row=last, end_column=2)
    sheet.cell(last, 3, f"{len(rows)}人")
    sheet.cell(last + 1, 1, "填表说明：骨干级别填市级或县级；接收学校未定的暂空。")
    sheet.merge_cells(start_row=last + 1, start_column=1, end_row=last + 1, end_column=len(columns))
    sheet.freeze_panes = "A4"
    return workbook_bytes(book, 2025)


def confirmations():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "鉴定"
    titles_above(sheet, 7, "跟岗研修鉴定汇总表")
    sheet.append(["序号", "编号", "接收学校", "报到日期", "离校日期", "跟岗天数", "鉴定意见"])
    for i, (code, _, host, *_) in enumerate(TRAINEES):
        begun, stayed = BEGUN[i], STAYED[i]
        if stayed is None:
            sheet.append([i + 1, code, None, "2025年4月", "2025年5月", None, None])
        else:
            ended = begun + datetime.timedelta(days=stayed - 1)
            sheet.append([i + 1, code, host, begun, ended, f"{stayed}天" if i % 2 else stayed, "合格"])
    return workbook_bytes(book, 2025)


def observation_rows():
    yield ["编号", "听课日期", "节次", "接收学校", "学科", "课型"]
    for i, (code, _, host, *_) in enumerate(TRAINEES):
        days = [BEGUN[i] + datetime.timedelta(days=k) for k in range(28)]
        days = [day for day in days if day.weekday() < 5 and day.month * 100 + day.day not in (501, 502, 505)]
        for k in range(OBSERVED[i]):
            day = days[k % len(days)]
            period = 1 + (i + k) % 3 + 3 * (k // len(days))
            yield [code, written_day(day, i), period, host, COURSES[(i * 3 + k) % len(COURSES)], LESSONS[(i + k) % 3]]


def clock(seconds):
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def meeting(number):
    day, at, topic, minutes, missing = MEETINGS[number - 1]
    begin = datetime.datetime.fromisoformat(f"{day} {at}")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "成员列表"
    here = [trainee[0] for trainee in TRAINEES if trainee[0] not in missing]
    facts = [("会议主题", topic), ("会议号", f"{410 + number}-{208 + 7 * number}-{330 + 11 * number}"), ("会议创建者", "教研组"),
             ("会议开始时间", f"{begin:%Y-%m-%d %H:%M:%S}"), ("会议结束时间", f"{begin + datetime.timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"),
             ("会议时长", clock(minutes * 60)), ("参会人数", len(here) + 1)]
    for label, fact in facts:
        sheet.append([label, fact])
    sheet.append([])
    sheet.append(["用户昵称(入会昵称)", "首次入会时间", "最后退会时间", "入会次数", "累计参会时长", "身份"])  # row 9

    def member(nickname, came, seconds, times, role):
        came = begin + datetime.timedelta(seconds=came)
        left = came + datetime.timedelta(seconds=seconds)
        sheet.append([nickname, f"{came:%Y-%m-%d %H:%M:%S}", f"{left:%Y-%m-%d %H:%M:%S}", times, clock(seconds), role])

    member("教研组(主持)", 0, minutes * 60, 1, "主持人")
    first, second, joint = SHARED.get(number, (None, None, None))
    for position, code in enumerate(here):
        shown = f"{code}(红烛{code[1:]})"
        if code == second:
            continue
        if code == first:
            shown = f"{shown}{joint}{second}(红烛{second[1:]})"
        came = 45 * position
        parts = CAME_BACK.get(number, {}).get(code, 1)
        stay = (minutes * 60 - came - 60) // parts // 30 * 30
        for part in range(parts):
            member(shown, came + stay * part, stay - (30 if parts > 1 else 0), 1, "成员")
    return workbook_bytes(book, 2025)


def report_rows():
    total, count = 103412, sum(REPORTS)
    lengths = [4000 + 98 * (k * 7 % 11) for k in range(count)]
    lengths[-1] += total - sum(lengths)
    k = 0
    for i, (code, *_) in enumerate(TRAINEES):
        for n in range(REPORTS[i]):
            length = lengths[k]
            shown = [length, f"{length:,}", f"{length}字", full_width(str(length))][k % 4]
            yield [k + 1, code, TOPICS[n], shown, DAY(2025, 5, 12 + (i + n * 3) % 18)]
            k += 1


def results():
    book = openpyxl.Workbook()
    reports = book.active
    reports.title = "研修成果"
    titles_above(reports, 5, "书面研修成果登记表")
    reports.append(["序号", "编号", "成果题目", "字数", "提交日期"])
    for row in report_rows():
        reports.append(row)
    videos = book.create_sheet("分享视频")
    titles_above(videos, 5, "分享视频登记表")
    videos.append(["视频编号", "编号", "题目", "时长", "上线日期"])
    for i, title in enumerate(VIDEOS):
        videos.append([f"SP{i + 1:02}", TRAINEES[i][0], title, 15 if i % 2 else "15分钟", DAY(2025, 7, 10)])
    return workbook_bytes(book, 2025)


def viewer_rows():
    yield ["学员编号", "视频编号", "完成日期", "学习时长", "状态"]
    state = 20250715
    for k in range(1, VIEWERS + 1):
        state = (state * 1103515245 + 12345) % 2**31
        day = DAY(2025, 7, 15) + datetime.timedelta(days=state // 65536 % 35)
        yield [f"V{k:04}", f"SP{1 + state // 1048576 % 10:02}", day.isoformat(), "15分钟", "已完成"]


def application_rows():
    yield ["编号", "学校", "转化成果", "启动日期"]
    yield from APPLICATIONS


# ---- what came of it ----

STAFF = 4700  # those beyond the viewers have watched nothing; they work in three schools
STEPS = [("①制定方案", "学员"), ("②学校审定", "学校"), ("③试点实施", "学员"), ("④中期检查", "教育局"), ("⑤验收完成", "教育局")]
REACHED = [5, 5, 5, 4, 3, 5]  # steps taken by each change at home
ITEMS = [("交通费", 60000), ("住宿费", 120000), ("伙食补助", 90000), ("资料与视频制作", 30000)]


def summer_rows():
    schools = [trainee[1] for trainee in TRAINEES]
    yield ["学校", "学员编号", "报送日期"]
    for k in range(STAFF):
        late = [2] * 30 + [5] * 27 + [9] * 20
        yield [schools[k % 10 if k < VIEWERS else late[k - VIEWERS]], f"V{k + 1:04}", "2025.7.1"]


def follow_rows():
    yield ["编号", "学校", "转化成果", "步骤", "办理日期", "办理"]
    for at, (code, home, work, _) in enumerate(APPLICATIONS):
        begun = DAY(2025, 5, 22) if at < 3 else DAY(2025, 9, 11)
        for k in range(REACHED[at]):
            yield [code, home, work, STEPS[k][0], written_day(begun + datetime.timedelta(days=at + 21 * k), at), STEPS[k][1]]


def money():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "经费下达"
    titles_above(sheet, 3, "“红烛之光”人才项目第二批次经费下达表（单位：元）")
    sheet.append(["科目", "金额", "下达日期"])
    for item, amount in ITEMS:
        sheet.append([item, f"{amount:,}元", DAY(2025, 3, 20)])
    sheet.append(["合计", sum(amount for _, amount in ITEMS)])
    spent = book.create_sheet("支出明细")
    titles_above(spent, 4, "“红烛之光”人才项目第二批次支出明细（单位：元）")
    spent.append(["凭证号", "科目", "金额", "支出日期"])
    for number in range(40):  # ten trainees, four items each
        item, amount = ITEMS[number % 4]
        trainee = number // 4
        spent.append([f"2025-{number + 1:03}", item, amount / 10 - 500 - 12.5 * ((trainee * 7 + number) % 9), DAY(2025, 5, 12 + trainee)])
    spent.append(["合计"])
    return workbook_bytes(book, 2025)


def samples():
    yield "roster.xlsx", roster()
    yield "confirmations.xlsx", confirmations()
    yield "observations.csv", table_bytes(observation_rows(), "gb18030")
    for number in range(1, len(MEETINGS) + 1):
        yield f"meeting-{number}.xlsx", meeting(number)
    yield "results.xlsx", results()
    yield "viewers.csv", table_bytes(viewer_rows(), "utf-8", end="\n")
    yield "applications.csv", table_bytes(application_rows(), "utf-8-sig")
    yield "summer.tsv", table_bytes((["\t".join(row)] for row in summer_rows()), "gb18030", end="\n")
    yield "follow.csv", table_bytes(follow_rows(), "gb18030")
    yield "money.xlsx", money()


# ---- what goes wrong in them ----

def changed(rows, key, column, **changes):
    """Rows with some values changed: changes[key] = value of `column`."""
    for row in rows:
        yield {**row, column: changes[row[key]]} if row[key] in changes else row


def id_number(first):
    """An ID number that nobody has (there is no region 99) with its right check digit."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return first + "10X98765432"[sum(int(c) * w for c, w in zip(first, weights)) % 11]


TRAINING = ["培训年度", "培训类别", "培训项目名称", "培训机构名称", "培训方式", "培训获得学时", "培训获得学分", "培训开始日期", "培训结束日期",
            "身份证号", "姓名"]


def training(*people, level="40", begin="2024-07-08"):
    yield TRAINING
    for number, name in people:
        yield ["2024", level, "暑期全员培训", "区教师进修学校", "2", "24", "", begin, "2024-07-11", number, name]


def told():
    rows = list(roster_rows())
    yield "roster-corrected.xlsx", roster(changed(rows, "编号", "研修结束", T06=DAY(2025, 5, 7)))
    yield "roster-shorter.xlsx", roster(rows[:-1])
    yield "roster-no-code.xlsx", roster(columns=[column for column in ROSTER if column != "编号"])
    yield "roster-unknown-school.xlsx", roster(changed(rows, "编号", "派出学校", T08="青西小校", T09="第九中学"))
    yield "roster-bad-values.xlsx", roster(changed(changed(rows, "编号", "研修开始", T01="2025.13.45"), "编号", "研修主题", T02="课外"))
    lines = [list(map(str, row)) for row in observation_rows()]
    corrected = [list(row) for row in lines]
    corrected[5][4], corrected[40][5] = "美术", "示范课"
    yield "observations-corrected.csv", table_bytes(corrected, "gb18030")
    bad = [list(row) for row in lines[:9]]
    bad[2][1], bad[3][0], bad[4][2] = "四月九日", "T11", "第三节"
    yield "observations-bad.csv", table_bytes(bad, "gb18030")
    yield "observations-totals.csv", table_bytes(lines[:9] + [["合计", "8节", "", "", "", ""]], "gb18030")
    yield "not-a-workbook.xlsx", table_bytes(lines[:9], "utf-8")
    people = [("学员甲", "大成学校"), ("学员甲", "大成学校"), ("学员乙", "西街小学")]
    numbers = [id_number(f"99010119920304{k:03}") for k in range(1, 4)]
    columns = ["序号", "姓名", "身份证号", "工作单位", "出生年月", "任教学科", "职称", "职务"]
    yield "people.csv", table_bytes([columns] + [[k + 1, name, numbers[k], school, "199001", "语文", "一级教师", ""]
                                                 for k, (name, school) in enumerate(people)], "utf-8-sig")
    yield "training.csv", table_bytes(training(*((numbers[k], people[k][0]) for k in range(3))), "utf-8-sig")
    yield "training-damaged-id.csv", table_bytes(
        training(("9.90101E+17", "学员甲"), (numbers[0][:15] + "000", "学员甲"), (numbers[1][:-1] + "?", "学员甲")), "utf-8-sig")
    yield "training-ambiguous.csv", table_bytes(training(("", "学员甲"), ("", "学员丙")), "utf-8-sig")
    yield "training-unknown-level.csv", table_bytes(training((numbers[2], "学员乙"), level="77"), "utf-8-sig")


def main(arguments):
    make = samples
    if arguments[:1] == ["--told"]:
        make, arguments = told, arguments[1:]
        if not arguments:
            sys.exit("make.py: --told needs a folder")
    write_files(arguments[0] if arguments else pathlib.Path(__file__).parent, make())


main(sys.argv[1:])
