#!/usr/bin/env python3
"""What the reader "xlsx" makes of workbooks: xlsx_cases.py HARNESS PLUGIN [CASE…]."""
import struct
import sys

import check
import workbook as w

SAVE_ZH = "请用 Excel 或 WPS 打开后重新保存"
SAVE_EN = "open it in Excel or WPS and save it again"
DAMAGED_ZH = "：文件已损坏，" + SAVE_ZH
DAMAGED_EN = ": the file is damaged, " + SAVE_EN
SEND_ZH = "请重新导出或传送"
SEND_EN = "export or send it again"
SEEMS_ZH = "这不是 Excel 工作簿（.xlsx），似乎是{}：{}"
SEEMS_EN = "this is no Excel workbook (.xlsx), it seems to be {}: {}"
AS_XLSX_ZH = "请用 Excel 或 WPS 打开，另存为 .xlsx"
AS_XLSX_EN = "open it in Excel or WPS and save it as .xlsx"
WHICH_ZH = "请确认拿到的是哪个文件"
WHICH_EN = "make sure that it is the right one"
ONE = {1: "Sheet1"}


def cell(at, value, kind="", style=""):
    kind = f' t="{kind}"' if kind else ""
    style = f' s="{style}"' if style != "" else ""
    return f'<c r="{at}"{kind}{style}><v>{value}</v></c>'


def one(*rows_of_cells):
    """What is expected of a workbook of one sheet."""
    return {"sheets": ONE, "rows": {(1, number): cells for number, cells in rows_of_cells}}


def in_row(cells, **more):
    return w.archive(w.parts([("Sheet1", w.sheet(f'<row r="1">{cells}</row>'))], **more))


def numbers(pairs, formats=None, properties=""):
    """A column of numbers, each in the style of its row; pairs: (value, text expected)."""
    rows = "".join(f'<row r="{i}">{cell(f"A{i}", value, style=i - 1 if formats else "")}</row>'
                   for i, (value, _) in enumerate(pairs, 1))
    entries = w.parts([("Sheet1", w.sheet(rows))], formats=w.styles(*formats) if formats else None, properties=properties)
    return {"bytes": w.archive(entries), **one(*((i, [text]) for i, (_, text) in enumerate(pairs, 1)))}


def dates(triples, properties=""):
    """triples: (format, value, text expected)."""
    return numbers([(value, text) for _, value, text in triples], [code for code, _, _ in triples], properties)


def fail(zh, en, sheet=0, row=0, **more):
    return {"fail": (sheet, row, zh, en), **more}


def seems(data, kind_zh, kind_en, advice_zh=AS_XLSX_ZH, advice_en=AS_XLSX_EN):
    return {"bytes": data, **fail(SEEMS_ZH.format(kind_zh, advice_zh), SEEMS_EN.format(kind_en, advice_en))}


def ole(*names):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(n.encode("utf-16le") for n in names) + b"\0" * 99


PLAIN = w.parts([("Sheet1", w.sheet(w.row(1, "a")))])
SHEET1 = "xl/worksheets/sheet1.xml"


def with_sheet(text, **more):
    return w.archive(w.replaced(PLAIN, SHEET1, text), **more)


def with_links(rows, *extra):
    return w.archive(w.replaced(PLAIN, "xl/_rels/workbook.xml.rels", w.links(rows)) + list(extra))


def wrong_size(data):
    """The archive with the size of its last entry made smaller in its directory."""
    at = data.rfind(b"PK\x01\x02") + 24
    size = struct.unpack_from("<I", data, at)[0]
    return data[:at] + struct.pack("<I", size - 7) + data[at + 4:]


def flagged_encrypted(data):
    at = data.rfind(b"PK\x01\x02")
    local = data.rfind(b"PK\x03\x04")
    data = bytearray(data)
    data[at + 8] |= 1
    data[local + 6] |= 1
    return bytes(data)


CASES = {
    # ---- texts ----
    "xlsx: shared texts, rich ones joined, phonetic ones left out": {
        "bytes": w.archive(w.parts([("Sheet1", w.sheet(
            '<row r="1">' + "".join(cell(f"{c}1", i, "s") for i, c in enumerate("ABCDEF")) + "</row>"))],
            strings=w.shared("<t>学校</t>", "<r><t>一</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 二</t></r>",
                             "<t>課</t><rPh sb=\"0\" eb=\"1\"><t>カ</t></rPh><phoneticPr fontId=\"1\"/>",
                             "<t> x </t>", "<t xml:space=\"preserve\"> x </t>", "<t>a_x000D_b_x4E00__x005F_x0041_</t>"))),
        **one((1, ["学校", "一 二", "課", "x", " x ", "a\rb一_x0041_"]))},
    "xlsx: a reference to no shared text is an absent cell": {
        "bytes": in_row(cell("A1", "", "s") + cell("B1", 1), strings=w.shared("<t>x</t>")), **one((1, [None, "1"]))},
    "xlsx: an empty shared text is empty, a cell without a value absent": {
        "bytes": w.archive(w.parts([("Sheet1", w.sheet(
            f'<row r="1">{cell("A1", 0, "s")}<c r="B1" s="0"/>{cell("C1", 5)}</row>'))], strings=w.shared("<t/>"))),
        **one((1, ["", None, "5"]))},
    "xlsx: inline texts": {
        "bytes": in_row('<c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t>'
                        '</r><rPh><t>x</t></rPh></is></c><c r="C1" t="inlineStr"><is><t><![CDATA[<&>]]></t></is></c>'),
        **one((1, ["甲", "ab", "<&>"]))},
    "xlsx: results of formulas, truths and errors": {
        "bytes": in_row('<c r="A1" t="str"><f>T()</f><v>文字</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
                        + cell("C1", 1, "b") + cell("D1", 0, "b") + cell("E1", "#N/A", "e")
                        + '<c r="F1" t="str"><f>""</f><v></v></c>'),
        **one((1, ["文字", "2", "TRUE", "FALSE", "#N/A", ""]))},
    "xlsx: a formula that was never computed": {
        "bytes": in_row('<c r="A1"><f>SUM(B1:B9)</f></c>'),
        **fail("单元格 A1 只有公式，没有算出的值：请用 Excel 或 WPS 打开后保存，再导入",
               "the cell A1 has a formula but no computed value: open the file in Excel or WPS, save it, and import that", 1, 1)},
    "xlsx: cells without a place follow each other": {
        "bytes": with_sheet(w.sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")),
        **one((1, ["1", "2"]), (2, ["3"]))},
    "xlsx: far columns and rows": {
        "bytes": with_sheet(w.sheet(f'<row r="9">{cell("C9", 1)}{cell("AB9", 2)}</row><row r="1048576">{cell("A1048576", 3)}</row>')),
        **one((9, [None, None, "1"] + [None] * 24 + ["2"]), (1048576, ["3"]))},
    "xlsx: the last column": {"bytes": in_row(cell("XFD1", 7)), **one((1, [None] * 16383 + ["7"]))},
    "xlsx: alternatives give their fallback": {
        "bytes": with_sheet(w.sheet(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x">'
            f'<row r="1">{cell("A1", 1)}</row></mc:Choice><mc:Fallback><row r="1">{cell("A1", 2)}</row></mc:Fallback>'
            '</mc:AlternateContent>')), **one((1, ["2"]))},
    "xlsx: elements of others are passed over": {
        "bytes": with_sheet(w.sheet(f'<x:row xmlns:x="urn:x" r="1"/><row r="1">{cell("A1", 1)}<x:c xmlns:x="urn:x"><x:v>9</x:v></x:c></row>')),
        **one((1, ["1"]))},
    # ---- numbers ----
    "xlsx: numbers are the shortest of fifteen digits": numbers([
        ("0", "0"), ("-0", "0"), ("1", "1"), ("-17", "-17"), ("0.10000000000000001", "0.1"), ("1.5E3", "1500"),
        ("0.30000000000000004", "0.3"), ("0.70000000000000007", "0.7"), ("12.400000000000002", "12.4"),
        ("29.999999999999996", "30"), ("0.333333333333333315", "0.333333333333333"), ("4.4000000000000004", "4.4"), ("1E-3", "0.001"), ("1e-10", "0.0000000001"),
        ("1E-11", "1E-11"), ("-2.5E-7", "-0.00000025"), ("999999999999999", "999999999999999"), ("1E+15", "1E+15"),
        ("1.7976931348623157E+308", "1.79769313486232E+308"), ("123456789.125", "123456789.125"), ("100", "100")]),
    "xlsx: an identity number that became a number shows as one": numbers([
        ("3.6220219900101102E+17", "3.62202199001011E+17"), ("362202199001011234", "3.62202199001011E+17"),
        ("6222021234567890", "6.22202123456789E+15"), ("13800000000", "13800000000")]),
    "xlsx: what is no number": {
        "bytes": in_row(cell("B1", "twelve")),
        **fail("单元格 B1 的值“twelve”不是数" + DAMAGED_ZH, 'the value of the cell B1, "twelve", is no number' + DAMAGED_EN, 1, 1)},
    "xlsx: what only strtod takes for a number": {
        "bytes": in_row(cell("A1", "0x1F")),
        **fail("单元格 A1 的值“0x1F”不是数" + DAMAGED_ZH, 'the value of the cell A1, "0x1F", is no number' + DAMAGED_EN, 1, 1)},
    # ---- dates ----
    "xlsx: dates of the 1900 system": dates([
        ("yyyy-mm-dd", "45884", "2025-08-15"), (14, "1", "1900-01-01"), (14, "59", "1900-02-28"), (14, "60", "1900-02-29"),
        (14, "61", "1900-03-01"), (14, "0", "1900-01-00"), (14, "2958465", "9999-12-31"), (14, "2958466", "2958466"),
        (14, "-1", "-1"), (31, "36526", "2000-01-01"), (14, "36585", "2000-02-29"), (14, "73109", "2100-02-28"),
        (14, "73110", "2100-03-01"), (14, "45292", "2024-01-01"), (14, "45351", "2024-02-29")]),
    "xlsx: dates of the 1904 system": dates([
        (14, "0", "1904-01-01"), (14, "44422", "2025-08-15"), (22, "44422.604166666664", "2025-08-15 14:30:00"),
        (20, "0.5", "12:00:00"), ("[h]:mm", "1.25", "30:00:00")], '<workbookPr date1904="1"/>'),
    "xlsx: dates with times": dates([
        (22, "45884.604166666664", "2025-08-15 14:30:00"), ("yyyy/m/d h:mm", "45884", "2025-08-15 00:00:00"),
        (14, "45884.5", "2025-08-15 12:00:00"), ("yyyy-mm-dd hh:mm:ss", "45884.999988425923", "2025-08-15 23:59:59"),
        (22, "45884.99999999999", "2025-08-16 00:00:00"), (20, "45884.5", "2025-08-15 12:00:00"),
        (14, "45884.0000000001", "2025-08-15")]),
    "xlsx: times and durations": dates([
        (20, "0.604166666666667", "14:30:00"), (21, "2.0833333333333332E-2", "00:30:00"), ("[h]:mm:ss", "1.2708333333333333", "30:30:00"),
        (46, "2.0833333333333332E-2", "0:30:00"), ("[mm]:ss", "0.0625", "1:30:00"), (45, "0.0006944444444444445", "00:01:00"),
        ("h:mm AM/PM", "0.75", "18:00:00"), ("上午/下午h时mm分", "0.25", "06:00:00"), ("[h]:mm", "-0.5", "-12:00:00"), (20, "0", "00:00:00")]),
    "xlsx: formats that are dates": dates([(code, "45884", text) for code, text in [
        ("yyyy\"年\"m\"月\"d\"日\"", "2025-08-15"), ("yyyy年m月d日", "2025-08-15"), ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", "2025-08-15"),
        ("[$-F800]dddd, mmmm dd, yyyy", "2025-08-15"), ("m/d", "2025-08-15"), ("mmm-yy", "2025-08-15"), ("[Red]d.m.yy", "2025-08-15"),
        ("aaaa", "2025-08-15"), ("[$-411]ggge\"年\"", "2025-08-15"), ("yyyy.mm.dd", "2025-08-15"), ("YYYY-MM-DD", "2025-08-15")]]),
    "xlsx: a month is a month": dates([
        ("yyyy\"年\"m\"月\"", "45870", "2025-08"), (57, "45870", "2025-08"), (17, "45870", "2025-08"), (57, "45871", "2025-08-02"),
        ("yyyy-mm", "45870", "2025-08"), ("yyyy-mm-dd", "45870", "2025-08-01")]),
    "xlsx: formats that are not dates": dates([(code, "45884", "45884") for code in [
        0, 1, 2, 49, "General", "0.00", "#,##0", "0.00E+00", "0\"days\"", "\"y\"0", "[Red]0", "0_);\\(0\\)", "\\d0", "@", "0.0\"小时\"", "# ?/?",
        "_-* #,##0.00\\ \"h\"_-", "[>100]0;0.0", "[$￥-804]#,##0"]]),
    "xlsx: dates as texts": {
        "bytes": in_row(cell("A1", "2025-08-15", "d") + cell("B1", "2025-08-15T14:30:00", "d") + cell("C1", "14:30:00.5", "d")
                        + cell("D1", "2025-08-15T14:30:00.000Z", "d")),
        **one((1, ["2025-08-15", "2025-08-15 14:30:00", "14:30:00", "2025-08-15 14:30:00"]))},
    "xlsx: dates as texts take their style too": {
        "bytes": in_row(cell("A1", "2025-08-15T00:00:00", "d", 0) + cell("B1", "2025-08-15T00:00:00", "d", 1) + cell("C1", "2025-08-01", "d", 2),
                        formats=w.styles(14, 22, 17)),
        **one((1, ["2025-08-15", "2025-08-15 00:00:00", "2025-08"]))},
    "xlsx: a date that is none": {
        "bytes": in_row(cell("A1", "15 Aug", "d")),
        **fail("单元格 A1 的值“15 Aug”不是日期" + DAMAGED_ZH, 'the value of the cell A1, "15 Aug", is no date' + DAMAGED_EN, 1, 1)},
    # ---- merged ranges ----
    "xlsx: a merged title and a header of two rows": {
        "bytes": w.book(w.row(1, "名单") + w.row(2, "序号", "学时", None) + w.row(3, None, "线上", "线下") + w.row(4, "1", "2", "3"),
                        w.merged("A1:C1", "A2:A3", "B2:C2")),
        **one((1, ["名单"] * 3), (2, ["序号", "学时", "学时"]), (3, ["序号", "线上", "线下"]), (4, ["1", "2", "3"]))},
    "xlsx: a merged column, and rows with nothing of their own": {
        "bytes": w.book(w.row(1, "校", "师") + w.row(2, "一中", "T01") + w.row(3, None, "T02") + w.row(4, None, None) + w.row(6, None, "T03"),
                        w.merged("A2:A6")),
        **one((1, ["校", "师"]), (2, ["一中", "T01"]), (3, ["一中", "T02"]), (6, ["一中", "T03"]))},
    "xlsx: what a covered cell still holds is not seen": {
        "bytes": w.book(w.row(1, "a", "hidden", "c") + w.row(2, "hidden", "hidden", "d"), w.merged("A1:B2")),
        **one((1, ["a", "a", "c"]), (2, ["a", "a", "d"]))},
    "xlsx: a merged range without a value": {
        "bytes": w.book(w.row(1, None, None, "c") + w.row(2, None, None, "d"), w.merged("A1:B2")),
        **one((1, [None, None, "c"]), (2, [None, None, "d"]))},
    "xlsx: a range that begins in a row that is not there": {
        "bytes": w.book(w.row(3, "x", "c"), w.merged("A2:A4")), **one((3, [None, "c"]))},
    "xlsx: a range said twice": {
        "bytes": w.book(w.row(1, "a", None) + w.row(2, "b"), w.merged("A1:B1", "A1:B1")), **one((1, ["a", "a"]), (2, ["b"]))},
    "xlsx: ranges that overlap": {
        "bytes": w.book(w.row(1, "a") + w.row(2, "b"), w.merged("A1:B3", "B2:C2")),
        **fail("合并区域 A1:B3 与 B2:C2 重叠：文件已损坏，请取消合并后重新保存",
               "the merged ranges A1:B3 and B2:C2 overlap: the file is damaged, unmerge them and save it again", 1, 2)},
    "xlsx: a range that is none": {
        "bytes": w.book(w.row(1, "a"), w.merged("B2:A1")),
        **fail("合并区域“B2:A1”不是一个区域" + DAMAGED_ZH, 'the merged range "B2:A1" is no range' + DAMAGED_EN, 1)},
    "xlsx: a whole sheet merged costs nothing": {
        "bytes": w.book(w.row(1, "a") + w.row(2, "b"), w.merged("A1:XFD1048576")), **one((1, ["a"] * 16384))},
    # ---- sheets ----
    "xlsx: sheets in the order of their tabs": {
        "bytes": w.archive(w.parts([("二月", w.sheet(w.row(1, "b"))), ("一月 <&>", w.sheet(w.row(2, "a")))])),
        "sheets": {1: "二月", 2: "一月 <&>"}, "rows": {(1, 1): ["b"], (2, 2): ["a"]}},
    "xlsx: hidden sheets are left out": {
        "bytes": w.archive(w.parts([(n, w.sheet(w.row(1, n))) for n in "abc"], states={"a": "hidden", "b": "veryHidden"})),
        "sheets": {1: "c"}, "rows": {(1, 1): ["c"]}},
    "xlsx: hidden sheets on demand": {
        "bytes": w.archive(w.parts([(n, w.sheet(w.row(1, n))) for n in "ab"], states={"a": "hidden"})),
        "options": ["hidden=true"], "sheets": {1: "a", 2: "b"}, "rows": {(1, 1): ["a"], (2, 1): ["b"]}},
    "xlsx: a chart is no sheet of cells": {
        "bytes": with_links([("rId1", "chartsheet", "chartsheets/sheet1.xml")]), "sheets": {}, "rows": {}},
    "xlsx: the host asks to stop": {
        "bytes": w.archive(w.parts([(n, w.sheet(w.row(1, n) + w.row(2, n))) for n in "ab"])), "options": ["--stop-after=1"],
        "stop": True, "sheets": {1: "a"}, "rows": {(1, 1): ["a"]}},
    "xlsx: an empty sheet": {"bytes": with_sheet(w.sheet("")), "sheets": ONE, "rows": {}},
    # ---- where the parts are ----
    "xlsx: parts under other names": {
        "bytes": with_links([("rId1", "worksheet", "/data/Tab%20One.XML")], ("data/tab one.xml", w.sheet(w.row(1, "a")))),
        **one((1, ["a"]))},
    "xlsx: parts reached by detours": {
        "bytes": with_links([("rId1", "worksheet", "../xl/./worksheets//sheet1.xml")]), **one((1, ["a"]))},
    "xlsx: the strict standard": {
        "bytes": w.archive(w.parts([("Sheet1", w.sheet(w.row(1, "a"), main=w.STRICT_MAIN))], main=w.STRICT_MAIN, base=w.STRICT_LINKS)),
        **one((1, ["a"]))},
    "xlsx: prefixes for everything": {
        "bytes": with_sheet(f'<s:worksheet xmlns:s="{w.MAIN}"><s:sheetData><s:row r="1"><s:c r="A1"><s:v>1</s:v></s:c></s:row>'
                            '</s:sheetData></s:worksheet>'), **one((1, ["1"]))},
    "xlsx: a part in utf-16": {
        "bytes": with_sheet(w.sheet(w.row(1, "甲") + w.row(2, None, "x"), w.merged("A1:B1")).replace("UTF-8", "UTF-16").encode("utf-16")),
        **one((1, ["甲", "甲"]), (2, [None, "x"]))},
    "xlsx: backslashes in the archive": {
        "bytes": w.archive([(n.replace("/", "\\") if n == SHEET1 else n, d) for n, d in PLAIN]), **one((1, ["a"]))},
    "xlsx: stored, not deflated": {"bytes": w.archive(PLAIN, stored=True), **one((1, ["a"]))},
    "xlsx: a sheet that is not there": {
        "bytes": w.archive(w.replaced(PLAIN, SHEET1, None)),
        **fail("工作簿缺少部件“xl/worksheets/sheet1.xml”" + DAMAGED_ZH,
               'the workbook lacks the part "xl/worksheets/sheet1.xml"' + DAMAGED_EN, 1)},
    "xlsx: a sheet that nothing leads to": {
        "bytes": with_links([]),
        **fail("工作表“Sheet1”在文件里没有内容" + DAMAGED_ZH,
               'the sheet "Sheet1" has no content in the file: it is damaged, ' + SAVE_EN)},
    "xlsx: a long name is cut between characters": {
        "bytes": w.archive(w.replaced(w.parts([("表" * 300, w.sheet(""))]), "xl/_rels/workbook.xml.rels", w.links([]))),
        **fail("工作表“" + "表" * 66 + "”在文件里没有内容" + DAMAGED_ZH,
               'the sheet "' + "表" * 66 + '" has no content in the file: it is damaged, ' + SAVE_EN)},
    "xlsx: control characters do not reach a message": {
        "bytes": in_row(cell("A1", "a&#10;b\t", "")),
        **fail("单元格 A1 的值“a?b?”不是数" + DAMAGED_ZH, 'the value of the cell A1, "a?b?", is no number' + DAMAGED_EN, 1, 1)},
    "xlsx: a sheet outside the file": {
        "bytes": with_links([("rId1", "worksheet", "../../etc/passwd")]),
        **fail("工作簿的部件“../../etc/passwd”指向文件之外：文件可能是恶意的，不予读取",
               'the part "../../etc/passwd" of the workbook leads out of the file: it may be hostile and is not read')},
    # ---- damage ----
    "xlsx: XML that is none": {
        "bytes": with_sheet('<worksheet xmlns="' + w.MAIN + '">\n<sheetData><row></sheetData>'),
        **fail("部件“xl/worksheets/sheet1.xml”第 2 行第 19 列不是正确的 XML（“mismatched tag”）" + DAMAGED_ZH,
               'the part "xl/worksheets/sheet1.xml" is no well-formed XML at line 2, column 19 (mismatched tag)' + DAMAGED_EN, 1, 1)},
    "xlsx: an archive cut short": {
        "bytes": w.archive(PLAIN)[:-40],
        **fail("压缩包打不开（“Not a zip archive”）：文件不完整或已损坏，" + SEND_ZH,
               "the archive cannot be opened (Not a zip archive): the file is incomplete or damaged, " + SEND_EN)},
    "xlsx: a byte changed in a part": {
        "bytes": w.archive(PLAIN, stored=True).replace(b"<t>a</t>", b"<t>b</t>"),
        **fail("部件“xl/worksheets/sheet1.xml”解压失败（“CRC error”）：文件已损坏，" + SEND_ZH,
               'the part "xl/worksheets/sheet1.xml" cannot be inflated (CRC error): the file is damaged, ' + SEND_EN, 1)},
    "xlsx: a size that is wrong": {
        "bytes": wrong_size(w.archive(PLAIN)),
        **fail("部件“xl/worksheets/sheet1.xml”解压后有 230 字节，压缩包里写的却是 223：文件已损坏或是恶意的，请重新导出或传送",
               'the part "xl/worksheets/sheet1.xml" inflates to 230 bytes, but the archive says 223: '
               "the file is damaged or hostile, export or send it again", 1)},
    "xlsx: a shared text that is not there": {
        "bytes": in_row(cell("A1", 7, "s"), strings=w.shared("<t>x</t>")),
        **fail("单元格 A1 引用的第“7”条共享文字不存在" + DAMAGED_ZH,
               'the cell A1 refers to shared text "7", which does not exist' + DAMAGED_EN, 1, 1)},
    "xlsx: a cell in another row": {
        "bytes": in_row(cell("A2", 7)),
        **fail("第 1 行里有单元格“A2”" + DAMAGED_ZH, 'row 1 holds a cell "A2"' + DAMAGED_EN, 1, 1)},
    "xlsx: a cell that stands twice": {
        "bytes": in_row(cell("A1", 7) + cell("A1", 8)),
        **fail("单元格 A1 出现了两次" + DAMAGED_ZH, "the cell A1 stands twice" + DAMAGED_EN, 1, 1)},
    "xlsx: a cell of an unknown type": {
        "bytes": in_row(cell("A1", 7, "z")),
        **fail("单元格 A1 的类型不认识" + DAMAGED_ZH, "the cell A1 has a type that is not known" + DAMAGED_EN, 1, 1)},
    "xlsx: a column beyond the last": {
        "bytes": in_row(cell("XFE1", 7)),
        **fail("第 1 行里有单元格“XFE1”" + DAMAGED_ZH, 'row 1 holds a cell "XFE1"' + DAMAGED_EN, 1, 1)},
    "xlsx: rows that do not rise": {
        "bytes": with_sheet(w.sheet(w.row(2, "a") + w.row(2, "b"))),
        **fail("第 2 行之后是第“2”行：行号应当递增且不超过 1048576，" + SAVE_ZH,
               'row 2 is followed by row "2": rows rise and end at 1048576, open the file in Excel or WPS and save it again', 1, 2)},
    "xlsx: a row beyond the last": {
        "bytes": with_sheet(w.sheet('<row r="1048577"/>')),
        **fail("第 0 行之后是第“1048577”行：行号应当递增且不超过 1048576，" + SAVE_ZH,
               'row 0 is followed by row "1048577": rows rise and end at 1048576, open the file in Excel or WPS and save it again', 1)},
    # ---- hostile ----
    "xlsx: entities": {
        "bytes": with_sheet('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + w.sheet(w.row(1, "a"))[len(w.HEAD):]),
        **fail("部件“xl/worksheets/sheet1.xml”带有文档类型声明（实体）：工作簿里不该有，文件可能是恶意的，不予读取",
               'the part "xl/worksheets/sheet1.xml" declares a document type (entities): no workbook does, the file may be hostile '
               "and is not read", 1)},
    "xlsx: depth": {
        "bytes": with_sheet(w.sheet("<a>" * 100000 + "</a>" * 100000)),
        **fail("部件“xl/worksheets/sheet1.xml”的元素嵌套超过 128 层：文件已损坏或是恶意的",
               'the elements of "xl/worksheets/sheet1.xml" are nested more than 128 deep: the file is damaged or hostile', 1)},
    "xlsx: a million attributes": {
        "bytes": with_sheet(w.sheet("<row " + " ".join(f'a{i}="1"' for i in range(1000000)) + "/>")),
        **fail("部件“xl/worksheets/sheet1.xml”里有超过 1 MB 的标记或注释：文件已损坏或是恶意的",
               'the part "xl/worksheets/sheet1.xml" has a tag or comment of more than 1 MB: the file is damaged or hostile', 1)},
    "xlsx: a bomb": {
        "bytes": with_sheet(w.sheet("<x/>" + " " * (48 << 20))),
        **fail("部件“xl/worksheets/sheet1.xml”解压后大得不正常：可能是压缩炸弹，不予读取；如果不是，请在 Excel 或 WPS 里删去多余的行后重新保存",
               'the part "xl/worksheets/sheet1.xml" inflates out of all proportion: it may be a bomb and is not read; '
               "if it is not, delete needless rows in Excel or WPS and save it again", 1)},
    "xlsx: billions of cells declared": {
        "bytes": with_sheet(w.sheet(w.row(1, "a")).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
        **one((1, ["a"]))},
    "xlsx: billions of cells merged": {
        "bytes": with_sheet(w.sheet("".join(f'<row r="{i}">{cell(f"A{i}", i)}</row>' for i in range(1, 6200)),
                                    w.merged(*(f"A{i}:XFD{i}" for i in range(1, 6200))))), "options": ["--quiet"],
        "sheets": {}, **fail("工作簿的单元格超过 100000000 个：请删去多余的行列，或拆成几个文件",
                             "the workbook has more than 100000000 cells: delete needless rows and columns, or split it", 1, 6104)},
    "xlsx: a million rows of empty cells as far as there are columns": {
        "bytes": with_sheet(w.sheet("".join(f'<row><c r="XFD{i}"/></row>' for i in range(1, 7000)))),
        **fail("工作簿的单元格超过 100000000 个：请删去多余的行列，或拆成几个文件",
               "the workbook has more than 100000000 cells: delete needless rows and columns, or split it", 1, 6104)},
    "xlsx: a row of 9 MB": {
        "bytes": in_row('<c r="A1" t="inlineStr"><is><t>' + "长" * (3 << 20) + "</t></is></c>", ),
        **fail("这一行的文字超过 8 MB：请检查是否贴入了整篇文档",
               "the row holds more than 8 MB of text: see whether a whole document was pasted into it", 1, 1)},
    "xlsx: a shared text in every cell of a row": {
        "bytes": in_row("".join(f'<c t="s"><v>0</v></c>' for _ in range(400)), strings=w.shared("<t>" + "x" * 32767 + "</t>")),
        **fail("这一行的文字超过 8 MB：请检查是否贴入了整篇文档",
               "the row holds more than 8 MB of text: see whether a whole document was pasted into it", 1, 1)},
    "xlsx: an entry that leads out": {
        "bytes": w.archive(PLAIN + [("xl/../../x", "x")]),
        **fail("压缩包里的文件名“xl/../../x”指向包外：文件可能是恶意的，不予读取",
               'the name "xl/../../x" in the archive leads out of it: the file may be hostile and is not read')},
    "xlsx: an absolute entry": {
        "bytes": w.archive(PLAIN + [("/etc/x", "x")]),
        **fail("压缩包里的文件名“/etc/x”指向包外：文件可能是恶意的，不予读取",
               'the name "/etc/x" in the archive leads out of it: the file may be hostile and is not read')},
    "xlsx: an entry that stands twice": {
        "bytes": w.archive(PLAIN + [("xl/worksheets/SHEET1.xml", "x")]),
        **fail("压缩包里的“xl/worksheets/sheet1.xml”出现了两次：不知道该读哪一个，不予读取",
               '"xl/worksheets/sheet1.xml" stands twice in the archive: which one is meant is unknown, so it is not read')},
    "xlsx: an encrypted entry": {
        "bytes": flagged_encrypted(w.archive(PLAIN)),
        **fail("部件“xl/worksheets/sheet1.xml”加了密：请去掉密码后重新保存",
               'the part "xl/worksheets/sheet1.xml" is encrypted: save the file without a password', 1)},
    # ---- what is no workbook ----
    "xlsx: an old workbook": seems(ole("Workbook"), "旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"),
    "xlsx: a workbook with a password": seems(
        ole("EncryptionInfo", "EncryptedPackage"), "有密码的工作簿", "a workbook with a password",
        "请用 Excel 或 WPS 打开，去掉密码后重新保存", "open it in Excel or WPS and save it without the password"),
    "xlsx: an old Word file": seems(ole("WordDocument"), "旧版 Office 文件，但不是工作簿", "an old Office file, but no workbook", WHICH_ZH, WHICH_EN),
    "xlsx: a web page": seems("﻿<html><table><tr><td>姓名</td></tr></table></html>".encode(), "网页（HTML），只是改名成了工作簿",
                              "a web page (HTML) that was renamed"),
    "xlsx: an XML spreadsheet": seems(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
                                      "Excel 2003 的 XML 表格", "an XML spreadsheet of Excel 2003"),
    "xlsx: csv renamed": seems("姓名,学校\n".encode("gbk"), "文本文件（如 CSV），只是改名成了工作簿", "a text file (such as CSV) that was renamed",
                               "请改用读取器 csv，或者用 Excel 或 WPS 打开后另存为 .xlsx", "use the reader csv, or " + AS_XLSX_EN),
    "xlsx: unicode text renamed": seems(b"\xff\xfea\0,\0", "文本文件（如 CSV），只是改名成了工作簿",
                                        "a text file (such as CSV) that was renamed", "请改用读取器 csv，或者用 Excel 或 WPS 打开后另存为 .xlsx",
                                        "use the reader csv, or " + AS_XLSX_EN),
    "xlsx: an empty file": seems(b"", "空文件", "an empty file", SEND_ZH, SEND_EN),
    "xlsx: a file of zeros": seems(b"\0" * 4096, "一片空字节：传送或存盘时已损坏",
                                   "nothing but zero bytes: it was damaged when sent or saved", SEND_ZH, SEND_EN),
    "xlsx: a pdf": seems(b"%PDF-1.7\n\x80\x01", "PDF 文件", "a PDF", WHICH_ZH, WHICH_EN),
    "xlsx: unknown bytes": seems(bytes(range(256)), "未知类型的文件", "a file of an unknown kind", WHICH_ZH, WHICH_EN),
    "xlsx: a binary workbook": seems(w.archive([("xl/workbook.bin", "x")]), "二进制的 Excel 工作簿（.xlsb）", "a binary Excel workbook (.xlsb)"),
    "xlsx: a Word document": seems(w.archive([("word/document.xml", "x")]), "Word 文档", "a Word document", WHICH_ZH, WHICH_EN),
    "xlsx: an OpenDocument file": seems(w.archive([("mimetype", "x"), ("content.xml", "x")]), "OpenDocument 文件（如 .ods）",
                                        "an OpenDocument file (such as .ods)"),
    "xlsx: another archive": {
        "bytes": w.archive([("a.txt", "x")]),
        **fail("压缩包里没有工作簿：这不是 Excel 文件，请确认拿到的是哪个文件",
               "the archive holds no workbook: this is no Excel file, make sure that it is the right one")},
    # ---- being sure ----
    "xlsx: sure of a workbook whatever its name": {"bytes": w.archive(PLAIN), "name": "x.dat", "probe": 95},
    "xlsx: not sure of an archive": {"bytes": w.archive([("a", "x")]), "probe": 5},
    "xlsx: asked about what is only named so": {"bytes": b"<html>", "name": "x.xls", "probe": 1},
    "xlsx: not asked about other files": {"bytes": b"a,b\n", "name": "x.csv", "probe": 0},
}

if __name__ == "__main__":
    sys.exit(check.check("book.xlsx", CASES))
