#!/usr/bin/env python3
"""Makes the sample files of this folder: the same bytes every time.

    python3 make.py [FOLDER]          the files that the institute, its schools and its platforms send

Needs Debian's python3-openpyxl. People are codes, schools are numbers. Rows count up to the published figures: 73 in the
class in programming, 298 papers, 165 awards of the institute's staff, 68 teachers with national or city awards.
"""
import datetime
import pathlib
import sys

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from making import full_width, table_bytes, titles_above, workbook_bytes, write_files, written_day  # noqa: E402

DAY = datetime.date
DIGITS = "一二三四五六七八九十"

TEACHERS = [f"TN{k:03}" for k in range(1, 161)]
STAFF = [f"TNJ{k:02}" for k in range(1, 41)]
STAGES = ["new"] * 30 + ["qualified"] * 60 + ["backbone"] * 45 + ["master"] * 20 + ["educator"] * 5
# as people write them, from both ladders
WRITTEN = {"new": ["新教师"], "qualified": ["合格教师", "青年教师"], "backbone": ["骨干教师"], "master": ["名优教师"], "educator": ["教育家型教师", "卓越教师"]}
HIRED = {"new": (2022, 2), "qualified": (2014, 7), "backbone": (2004, 9), "master": (1996, 9), "educator": (1989, 5)}
GRADED = {"new": 0, "qualified": 2, "backbone": 7, "master": 14, "educator": 22}
SCORES = {"new": 70, "qualified": 77, "backbone": 85, "master": 91, "educator": 95}

PLANS = ["五年周期全员培训", "乡村振兴教师支持", "名优教师梯队培养", "教师培训师培养", "校园长办学治校能力提升", "紧缺学科支持", "双师型教师培养", "特殊教育提升"]

TASKS = [
    # year, task, whose duty, due, done
    ("三年计划2023年度", "师德师风专题教育全覆盖", "区教委", "2023年6月", "2023.6.28"),
    ("三年计划2023年度", "教职工素质能力提升年启动", "区教师进修学院", "2023年3月", "2023-03-10"),
    ("三年计划2023年度", "新教师岗前培训", "区教师进修学院", "2023年9月", "2023.9.1"),
    ("三年计划2023年度", "编程教育培训班", "区教师进修学院", "2023年6月", "2023年6月16日"),
    ("三年计划2023年度", "骨干教师能力提升研修", "区教师进修学院", "2023年11月", "2023-11-24"),
    ("三年计划2023年度", "培训师六项能力评定", "区教师进修学院", "2023年12月", "2023.12.8"),
    ("三年计划2023年度", "教学质量评价量表试用", "基层学校", "2023年10月", "2023-10-31"),
    ("三年计划2023年度", "校本案例研修首轮", "基层学校", "2023年12月", "2023-12-20"),
    ("三年计划2023年度", "乡村教师送教", "区教师进修学院", "2023年11月", "2023.11.17"),
    ("三年计划2023年度", "校园长治校能力培训", "区教委", "2023年8月", "2023-08-25"),
    ("三年计划2023年度", "自主选课平台上线", "区教师进修学院", "2023年4月", "2023-04-20"),
    ("三年计划2023年度", "学校年度报送全覆盖", "基层学校", "2023年12月", ""),
    ("三年计划2024年度", "学校研训文化评估指标", "区教师进修学院", "2024年3月", "2023年12月15日"),
    ("三年计划2024年度", "研训文化示范校遴选", "区教委", "2024年6月", ""),
    ("三年计划2024年度", "备课组预诊规范", "基层学校", "2024年4月", ""),
    ("三年计划2024年度", "名优教师工作室建设", "区教师进修学院", "2024年9月", ""),
    ("三年计划2024年度", "紧缺学科教师转岗培训", "区教师进修学院", "2024年7月", ""),
    ("三年计划2024年度", "双师型教师企业实践", "区教委", "2024年8月", ""),
    ("三年计划2024年度", "特殊教育资源教师培训", "区教师进修学院", "2024年10月", ""),
    ("三年计划2024年度", "校本案例汇编", "基层学校", "2024年12月", ""),
    ("三年计划2025年度", "教师教育品牌课程评选", "区教师进修学院", "2025年5月", ""),
    ("三年计划2025年度", "教师教育品牌展示周", "区教委", "2025年10月", ""),
    ("三年计划2025年度", "教育家型教师成长论坛", "区教师进修学院", "2025年9月", ""),
    ("三年计划2025年度", "五年周期培训考核", "区教委", "2025年12月", ""),
    ("三年计划2025年度", "三年计划总结评估", "区教委", "2025年12月", ""),
]


# ---- files ----

def sheet_of(book, name, titles, header, rows, total=None, note=None):
    """A sheet as bureaux make them: merged titles, header, rows, a totals row, a remark."""
    sheet = book.create_sheet(name)
    titles_above(sheet, len(header), *titles)
    sheet.append(header)
    count = 0
    for row in rows:
        sheet.append(row)
        count += 1
    for cells in sheet.iter_rows(min_row=len(titles) + 2):
        for cell in cells:
            if isinstance(cell.value, DAY):
                cell.number_format = "yyyy-mm-dd"
    if total:
        last = sheet.max_row + 1
        sheet.cell(last, 1, "合计")
        sheet.merge_cells(start_row=last, start_column=1, end_row=last, end_column=2)
        sheet.cell(last, 3, total.format(count))
    if note:
        last = sheet.max_row + 1
        sheet.cell(last, 1, note)
        sheet.merge_cells(start_row=last, start_column=1, end_row=last, end_column=len(header))
    return sheet


def book_bytes(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for one in sheets:
        sheet_of(book, *one)
    return workbook_bytes(book, 2023)


# ---- who they are ----

def stage(at):
    """Every school has some of each: the stages are dealt round."""
    return STAGES[at * 77 % 160]


SIZES = [24, 22, 20, 18, 17, 15, 14, 12, 10, 8]
SCHOOLS = [DIGITS[k] for k, size in enumerate(SIZES) for _ in range(size)]


def school(at):
    number = SCHOOLS[at * 37 % 160]
    return f"潼南基层学校（{number}）" if at % 3 else f"潼南基层学校{number}"


def roster():
    def rows():
        for at, code in enumerate(TEACHERS):
            is_in = stage(at)
            first, span = HIRED[is_in]
            hired = first + at * 7 % span
            names = WRITTEN[is_in]
            graded = DAY(min(hired + GRADED[is_in], 2022), 12, 1)
            yield [full_width(str(at + 1)) if at % 9 == 4 else at + 1, full_width(code) if at % 40 == 7 else code, school(at),
                   f"{hired}.9" if at % 2 else DAY(hired, 9, 1), f"{hired + (0 if is_in == 'new' else at % 2)}年9月",
                   names[at % len(names)], DAY(2023, 1, 10) if is_in == "new" else written_day(graded, at), None]
        for at, code in enumerate(STAFF):
            hired = 1994 + at * 5 % 24
            yield [161 + at, code, "潼南进修学院" if at % 2 else "潼南区教师进修学院", f"{hired}年7月", f"{hired + 4}-07", None, None, "教研员、培训者"]
    return book_bytes(("梯队名册", ["潼南区教师梯队名册", "填报单位：潼南区教师进修学院　　2023年3月"],
                       ["序号", "教师编号", "工作单位", "参加工作时间", "入职时间", "梯队层级", "认定时间", "备注"], rows(), "{}人",
                       "填表说明：梯队层级按五级填写，青年教师即合格教师，卓越教师即教育家型教师。"))


def plan_rows():
    yield ["序号", "行动计划", "教师编号", "纳入时间"]
    count = 0
    for number, plan in enumerate(PLANS, 1):
        if number == 1:
            who = TEACHERS
        elif number == 3:
            who = [code for at, code in enumerate(TEACHERS) if stage(at) in ("backbone", "master", "educator")]
        elif number == 4:
            who = STAFF[:12]
        else:
            who = [code for at, code in enumerate(TEACHERS) if at * 11 % 16 in {2: (0, 5, 9, 12), 5: (3,), 6: (1, 7), 7: (4,), 8: (10,)}[number]]
        for code in who:
            count += 1
            yield [count, plan, code, written_day(DAY(2023, 1 + number % 3, 6 + number), number + count % 2)]


def programming():
    def rows():
        for k in range(73):
            code = TEACHERS[(k * 31 + 5) % 160]
            yield [k + 1, full_width(code) if k % 25 == 3 else code, school(TEACHERS.index(code)), "2023.6.12" if k % 2 else DAY(2023, 6, 12),
                   "√", "√" if k % 12 else "请假", None]
    return book_bytes(("学员名册", ["潼南区中小学编程教育培训班学员名册", "主办：潼南区教师进修学院　　时间：2023年6月12日至16日"],
                       ["序号", "学员编号", "单位", "报到日期", "首日签到", "末日签到", "备注"], rows(), "{}人"))


def tasks():
    rows = [[k, year, task, duty, "2023年1月10日" if "2023" in year else DAY(2023, 1, 10), due, done or None]
            for k, (year, task, duty, due, done) in enumerate(TASKS, 1)]
    return book_bytes(("任务分解", ["潼南区教师队伍建设三年行动计划（2023—2025年）任务分解表", "2023 教职工素质能力提升年　2024 学校研训文化培育年　2025 教师教育品牌展示年"],
                       ["序号", "年度", "任务", "责任单位", "下达日期", "完成时限", "完成日期"], rows, "{}项"))


def competence_rows():
    yield ["培训师编号", "评定日期", "设计", "组织", "教学", "指导", "评价", "研究", "评定组"]
    for at, code in enumerate(STAFF[:12]):
        scores = [82 + (at * 5 + k * 7) % 15 for k in range(6)]
        if at in (4, 9):
            scores[5 - at % 3] = 74 + at % 4
        shown = [f"{score}分" if at % 4 == 1 else score for score in scores]
        yield [code, written_day(DAY(2023, 12, 8), at), *shown, "区级研训组"]


def rubric():
    most = [15, 20, 30, 15, 20]

    def rows():
        count = 0
        for at, code in enumerate(TEACHERS):
            if at % 23 == 11:
                continue  # not yet rated
            for lesson in range(2 if at % 4 == 0 else 1):
                count += 1
                score = SCORES[stage(at)] + at * 13 % 9 - 4 + lesson
                if SCHOOLS[at * 37 % 160] in "三七" and at % 9 == 6:
                    score = 56 + at % 3
                parts = [score * part // 100 for part in most]
                parts[2] += min(score, 100) - sum(parts)
                day = DAY(2023, 3 + (at + lesson * 4) % 9, 1 + at * 3 % 27)
                yield [f"LB{count:03}", code, written_day(day, at) if at % 2 else day, *[f"{p}分" if at % 17 == 0 else p for p in parts], score, "区教研员"]
    return book_bytes(("评价汇总", ["潼南区教师教学质量评价量表汇总", "2023年"],
                       ["评价表编号", "教师编号", "听课日期", "教学目标(15分)", "教学内容(20分)", "教学过程(30分)", "教学方法(15分)", "教学效果(20分)", "总分", "评价人"],
                       rows(), "{}节"))


COURSES = ["新课标解读", "大单元教学设计", "作业设计与评价", "课堂观察", "班级管理", "家校沟通", "信息技术融合", "编程教育入门", "心理健康教育", "教育科研方法"]


def course_rows():
    yield ["教师编号", "课程名称", "学习方式", "学时", "完成日期", "自主选课"]
    for at, code in enumerate(TEACHERS):
        few = SCHOOLS[at * 37 % 160] in "三七九" and at % 3 == 0
        for k in range(2 if few else 3 + (at * 3 + at // 10) % 5):
            hours = [6, 12, 8, 10, 12, 9, 6][(at + k) % 7]
            day = DAY(2023, 2 + (at + k * 2) % 10, 1 + (at * 5 + k * 3) % 27)
            yield [code, COURSES[(at + k * 3) % 10], ["面授", "网络研修", "混合式"][(at + k) % 3], f"{hours}学时" if k % 2 else hours,
                   written_day(day, at % 3), "否" if k == 0 else "是"]


def cases():
    def rows():
        reached = [5] * 15 + [4] * 4 + [3] * 3 + [2, 1]
        for k, steps in enumerate(reached):
            code = TEACHERS[k * 7 % 160]
            begun = DAY(2023, 3 + k % 3, 2 + k)
            days = [begun + datetime.timedelta(days=plus) for plus in (0, 7, 21, 35, 90)]
            yield [f"AL{k + 1:02}", code, school(k * 7 % 160), COURSES[k % 10], *[written_day(day, k) if n < steps else None for n, day in enumerate(days)]]
    return book_bytes(("案例流转", ["校本案例流转单汇总"],
                       ["案例编号", "教师编号", "学校", "主题", "教师提出问题", "备课组预诊", "区级研训组会诊", "指导备课组形成方案", "教师实践并形成案例"], rows(), None,
                       "说明：五个步骤依次办理，未办理的暂空。"))


def paper_rows():
    yield ["论文编号", "作者编号", "刊物级别", "刊物", "发表时间"]
    people = STAFF + [code for at, code in enumerate(TEACHERS) if stage(at) in ("backbone", "master", "educator") or at % 4 == 1 and stage(at) == "qualified"]
    for k in range(312):
        level = "市级" if k >= 298 else "国家级" if k % 7 == 0 else "省级"
        authors = [people[k * 47 % len(people)]]
        if k % 15 == 4:
            authors.append(people[(k * 47 + 57) % len(people)])
        for author in authors:
            yield [f"LW{k + 1:03}", author, level, f"刊物{1 + k % 40:02}", f"{2021 + k % 3}年{1 + k % 12}月"]


PRIZES = ["一等奖", "二等奖", "三等奖", "优秀奖"]


def awards():
    header = ["证书编号", "获奖人编号", "单位", "赛事或项目", "奖项", "级别", "获奖时间"]

    def of_staff():
        for k in range(165):
            yield [f"XY{k + 1:03}", STAFF[(k * 7 + k // 5) % 37], "潼南区教师进修学院", f"指导与研究成果评选{1 + k % 12:02}", PRIZES[k * 3 % 4],
                   ["市级", "区级", "市级", "国家级", "市级"][k % 5], f"{2021 + k % 3}年{1 + k % 12}月"]

    def of_teachers():
        number = 0
        for k in range(96):
            number += 1
            level = "国家级" if k % 9 == 2 else "市级"
            yield [f"JS{number:03}", TEACHERS[k % 68 * 2 + 3], school(k % 68 * 2 + 3), f"教学评比{1 + k % 14:02}", PRIZES[k % 4], level, DAY(2021 + k % 3, 1 + k % 12, 15)]
        for prize in ("一等奖", "最佳教态奖"):  # one competition, one person; its level is not published
            number += 1
            yield [f"JS{number:03}", TEACHERS[3], school(3), "教学竞赛（2022年）", prize, None, "2022年"]
        for k in range(20):
            number += 1
            yield [f"JS{number:03}", TEACHERS[k * 4 % 160], school(k * 4 % 160), f"区级赛课{1 + k % 3}", PRIZES[k % 4], "区级", DAY(2023, 5, 1 + k)]
    return book_bytes(("学院教职工", ["获奖登记表（学院教职工）"], header, of_staff(), "{}人次"), ("基层学校教师", ["获奖登记表（基层学校教师）"], header, of_teachers(), "{}人次"))


def honours():
    return book_bytes(
        ("荣誉称号", ["国家级荣誉称号名单"], ["序号", "教师编号", "称号", "级别", "授予时间"],
         [[1, "TN078", "全国先进工作者", "国家级", "2020年11月"], [2, "TNJ05", "全国先进工作者", "国家级", "2015年4月"], [3, "TN117", "全国优秀教师", "国家级", "2019.9"]]),
        ("教学成果", ["教学成果奖"], ["成果编号", "单位", "成果", "级别", "等次", "获奖时间"], [["CG01", "潼南区进修学院", "教学成果（名称待补）", "市级", "二等奖", "2022年"]]),
        ("示范学校", ["智慧校园建设示范学校"], ["学校", "认定时间", "是否公布校名"],
         [["潼南基层学校（二）", "2022年12月", "是"], ["潼南基层学校（五）", "2022年12月", "是"], ["潼南基层学校（七）", "2023.12", "否"], ["潼南基层学校（八）", "2023.12", "否"]]))


def declared_rows():
    yield ["填报单位", "申报内容", "人数", "填报日期"]
    yield ["潼南区教委", "获奖学生", "500多", "2023-12-20"]
    yield ["潼南区教委", "科技创新市长奖", "1人", "2023-12-20"]


def return_rows():
    yield ["报送年度", "学校", "报送日期", "报送人"]
    for at in range(10):
        if at in (3, 8):
            continue
        yield [2023, f"潼南基层学校（{DIGITS[at]}）", written_day(DAY(2023, 12, 11 + at), at), "教导处"]


def samples():
    yield "roster.xlsx", roster()
    yield "plans.csv", table_bytes(plan_rows(), "gb18030")
    yield "programming.xlsx", programming()
    yield "tasks.xlsx", tasks()
    yield "competences.csv", table_bytes(competence_rows(), "utf-8-sig")
    yield "rubric.xlsx", rubric()
    yield "courses.tsv", table_bytes(course_rows(), "utf-8", "\t", "\n")
    yield "cases.xlsx", cases()
    yield "papers.csv", table_bytes(paper_rows(), "gb18030")
    yield "awards.xlsx", awards()
    yield "honours.xlsx", honours()
    yield "declared.csv", table_bytes(declared_rows(), "utf-8-sig")
    yield "returns.csv", table_bytes(return_rows(), "utf-8")


write_files(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent, samples())
