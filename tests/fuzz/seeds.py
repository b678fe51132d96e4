#!/usr/bin/env python3
"""Makes the seeds: seeds.py fuzz_seeds. All of tests/fuzz/seeds comes from here; what was found stands in found/.

A seed is small and good: it shows a target what its input looks like. The same seeds in every run.
"""
import json
import os
import shutil
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SEEDS = os.path.join(HERE, "seeds")
sys.path.insert(0, os.path.join(HERE, "..", "readers"))
import workbook as w  # noqa: E402

ROSTER = '编号,姓名栏,学校\r\nT01,代号一,大成学校\r\nT02,代号二,"思源,实验"\r\nT03,"代号 ""三""\n两行",\n'


def keep(target, name, data):
    os.makedirs(os.path.join(SEEDS, target), exist_ok=True)
    with open(os.path.join(SEEDS, target, name), "wb") as file:
        file.write(data)


def csv():
    for name, choice, data in (
            ("utf-8", 0, ROSTER.encode()), ("bom", 0, ROSTER.encode("utf-8-sig")), ("gb18030", 0, ROSTER.encode("gb18030")),
            ("gb18030-named", 1, ROSTER.encode("gb18030")), ("utf-16", 0, ROSTER.encode("utf-16")),
            ("utf-16le-named", 32, ROSTER.encode("utf-16le")), ("semicolon", 2, ROSTER.replace(",", ";").encode()),
            ("comment", 4, b"# a\na,b\n#c\n1,2\n"), ("single", 16, b"a,'b,c'\n'd''e',f\n"),
            ("big5", 64, "編號,學校\nT01,\"國,小\"\n".encode("big5")), ("latin1", 128, "a,é\nb,ü\n".encode("latin1")),
            ("tabs", 0, b"a\tb\n1\t2\n"), ("pipes", 0, b"a|b\r1|2\r"), ("one", 0, b"a\n1\n"), ("sep", 0, b"sep=;\na;b\n1;2\n"),
            ("ragged", 0, b"a,b\n1\n1,2,3\n\n4,5\n"), ("not", 0, b"PK\x03\x04"), ("html", 0, b"<html><table>"), ("empty", 0, b"")):
        keep("csv", name, bytes([choice]) + data)


def documents():
    row = '{"编号": "T01", "学时": 2, "详情": {"主题": "读书", "合格": true}, "天": [1, 2.5, null]}'
    for name, text in (("rows", f"[{row},\n{row}]"), ("sheets", f'{{"名单": [\n{row},\n{row}\n], "另": [{row}], "单位": "区", "n": 1e3}}'),
                       ("under-names", f'{{"名单": {{"T01": {row}, "T02": {{}}}}}}'), ("escapes", '[{"a\\u0041\\ud83d\\ude00\\n": "\\"\\\\\\/"}]'),
                       ("twice", '[{"a": 1, "a": 2}]'), ("nested", '{"a": ' + '[' * 40 + ']' * 40 + '}'), ("numbers", '[{"a": -0.0, "b": 1E-7, "c": 9223372036854775807}]'),
                       ("empty-rows", "[{}, {}]"), ("half", '{"名单": [{"a": "中'), ("scalar", "3"), ("empty", "")):
        keep("json", name, b"\0" + text.encode())
    keep("json", "mark", b"\0\xef\xbb\xbf" + f"[{row}]".encode())


def books():
    rows = (w.row(1, "名单") + w.row(2, "序号", "学时", "日期")
            + '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>1.25</v></c><c r="C3" s="0"><v>45884.5</v></c></row>'
            + '<row r="4"><c r="A4" t="str"><f>A1</f><v>x</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="d"><v>2025-08-15</v></c></row>'
            + '<row r="5"><c t="e"><v>#N/A</v></c><c r="D5" t="n"><v>1E3</v></c></row>')
    sheet = w.sheet(rows, w.merged("A1:C1", "B3:B4"))
    strings = w.shared("<r><t>一</t></r><rPh><t>y</t></rPh>", "<t>_x000D_</t>")
    yield "full", 8, w.parts([("甲", sheet), ("乙", w.sheet(w.row(1, "a")))], strings=strings,
                             formats=w.styles("yyyy-mm-dd", "[h]:mm", 22), states={"乙": "hidden"})
    yield "plain", 0, w.parts([("Sheet1", w.sheet(w.row(1, "a", "b") + w.row(2, "1", "2")))])
    yield "strict", 0, w.parts([("Sheet1", w.sheet(w.row(1, "a"), main=w.STRICT_MAIN))], main=w.STRICT_MAIN, base=w.STRICT_LINKS)
    yield "of-1904", 0, w.parts([("Sheet1", w.sheet('<row r="1"><c r="A1" s="0"><v>1</v></c></row>'))], formats=w.styles(14),
                                properties='<workbookPr date1904="1"/>')
    yield "utf-16", 0, [(n, d.replace("UTF-8", "UTF-16").encode("utf-16")) for n, d in w.parts([("S", w.sheet(w.row(1, "a")))])]


def text():
    lines = ("2025-08-15 2025.8.15 2025/8/15 20250815 2025年8月15日 2025年8月 2025-08 202508 2025 ２０２５年８月 2025-08-15T14:30:00 "
             "0999-01-01 9999-12-31 2024-02-29 12 12.5 1,234 200余 近70 10万余 多名 ３０学时 -0.25 1/3 -2/3 0.000001 9223372036854.775807 "
             "≥5 >=5 <=5 =1+1 +1 -1 @a ＝1 'a A·B Ａ•ｂ a＿b <a>&\"' ").split()
    for i, line in enumerate(lines):
        keep("text", f"{i:02}", line.encode())
    keep("text", "controls", "a\u202eb\u2066c\x1b[31m\x07\x9b\ufeff".encode())
    keep("text", "wide", ("教师" * 20 + "é" * 5).encode())


def frame(kind, data=b""):
    return bytes([kind]) + struct.pack("<H", len(data)) + data


FAULT = json.dumps({"what": {"zh": "坏了", "en": "broken"}, "next": {"zh": "再试", "en": "try again"}, "file": "f.csv", "row": 3,
                    "sheet": "名单", "column": "学时", "line": 2, "warning": False}, ensure_ascii=False).encode()


def row(sheet, number, *cells):
    lengths = b"".join(struct.pack("<I", 0xFFFFFFFF if c is None else len(c.encode())) for c in cells)
    texts = b"".join(c.encode() + b"\0" for c in cells if c is not None)
    return struct.pack("<QII", number, sheet, len(cells)) + lengths + texts


def frames():
    offers, sure, sheet, rows = 0, 1, 2, 3
    keep("frame", "read", b"\0" + frame(sheet, struct.pack("<I", 1) + "名单".encode()) + frame(rows, row(1, 1, "编号", None, "学时"))
         + frame(rows, row(1, 2, "T1", "", "12")))
    keep("frame", "read-fault", b"\0" + frame(rows, row(0, 1, "a")) + frame(255, FAULT))
    keep("frame", "probe", b"\1" + frame(sure, struct.pack("<i", 90) + b"csv"))
    title = {"zh": "表", "en": "table"}
    table = {"kind": "plugin", "name": "csv", "title": title, "version": "1", "license": "MIT", "contact": "a@b",
             "offers": [{"kind": "reader", "name": "csv", "title": title, "extensions": "csv txt", "options": [
                 {"name": "quote", "type": "text", "otherwise": "\"", "help": title}]},
                 {"kind": "writer", "name": "html", "title": title, "extensions": "html", "mime": "text/html", "needs": 1, "options": []},
                 {"kind": "rule", "name": "credits", "title": title}]}
    keep("frame", "offers", b"\2" + frame(offers, json.dumps(table, ensure_ascii=False).encode()))
    keep("frame", "image", b"\3" + frame(3, b'{"api": 1, "declarations": []}'))
    pair = b"".join(struct.pack("<I", len(t.encode())) + t.encode() for t in ("编号", "T1"))
    keep("frame", "each", b"\4" + frame(4, struct.pack("<IQI", 1, 2, 1) + pair) + frame(5))
    keep("frame", "write", b"\5" + frame(6, b"<html>"))
    for name in sorted(os.listdir(os.path.join(SEEDS, "decision"))):
        if name.startswith("reasons-"):
            with open(os.path.join(SEEDS, "decision", name), "rb") as file:
                data = file.read()
            rule = data[0] // 2
            if rule < 32:
                keep("frame", "decide-" + name[8:], bytes([6 | rule << 3]) + frame(8, data[1:]))
    keep("frame", "body", b"\7" + frame(3, b'[{"@": "heading", "zh": "a", "en": "a"}]'))
    keep("frame", "review", b"\x0f" + frame(rows, row(0, 1, "what", "name", "organization", "code", "ID tail", "rows", "candidates",
                                                        "decision (a code, new or skip)"))
         + frame(rows, row(0, 2, "person", "甲", "大成", "T1", "123X", "2, 3", None, "new")))


def stream():
    def wire(kind, data=b""):
        return struct.pack("<II", kind, len(data)) + data
    page = struct.pack("<Qqii", 3, 8412, 0, 0) + b"row\0"
    keep("stream", "good", b"\1\0" + wire(19, row(0, 1, "a")) + wire(1))
    keep("stream", "page", bytes([11, len(page)]) + page + wire(19, row(0, 1, "a")))
    keep("stream", "fault", b"\1\0" + wire(2, FAULT) + wire(1))
    keep("stream", "refused", bytes([0, len(page)]) + struct.pack("<Qqii", 1, 0, 57, 0) + b"row\0")
    keep("stream", "huge", b"\1\0" + struct.pack("<II", 19, 0xFFFFFFF0))
    keep("stream", "after", b"\1\0" + wire(1) + wire(19, b"x"))


def mapping():
    one = ("名单\n学校\t别名\t编号\t姓名\t身份证号\t任职日期\t日期\t学时\t级别\t主题\t标记\t补办\t收费\t名次\t费用\n"
           "大成学校\t大成、成校\tT01\t代号一\t11010519491231002X\t2019年9月\t2025-03-01\t12.5\t县级(区)\t1\t甲┋乙\t2025.8\t√\t３\t12.50元\n"
           "大成学校\t\x01\tT02\t代号二\t\x01\t2019\t2025-03\t200余\t校级\t\x01\t\x01\t\x01\t否\t1\t0\n合计\t\t\t\t\t\t\t212.5\n")
    keep("mapping", "training", b"\0" + one.encode())
    keep("mapping", "short", b"\0" + "学校\t别名\t编号\t日期\t学时\t级别\n大成\t\tT1\t20250301\t近70\t县\n大成\t\tT1\t2025-02-30\tx\t省\t多\n".encode())
    keep("mapping", "enrolled", b"\1" + ("编号\t项目\t批次\t起\t止\t时长\t状态\nT01&T02\tC\tC1\t2025-03-01\t2025-03-05\t0:30:00\t结业\n"
                                           "T01\tC\tC1\t2025-03-06\t2025-03-05\t1小时30分\t\n").encode())


def compact(number):
    out = b""
    while number >= 128:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def signed(number):
    return compact(number * 2 if number >= 0 else -number * 2 - 1)


def stored():
    def text(words):
        return compact(len(words)) + words
    beginnings = compact(2) + text(b"\3\1needed") + text(b"")
    rows = [(1, 1, 7, 20000, b"had"), (1, 0, 1, 0, b""), (2, 3, 300, -5, b"else"), (0, 2, 1, 0, None)]
    keep("stored", "block", b"\0" + bytes([len(rows)]) + beginnings + b"".join(
        compact(beginning) + signed(outcome) + signed(subject) + signed(until) + (b"" if rest is None else text(rest))
        for beginning, outcome, subject, until, rest in rows))
    first = bytes([1 | 64]) + signed(7) + signed(1) + signed(20000) + bytes([8 | 16 | 32 | 64]) + bytes([4 | 8 | 128]) + signed(-2) + signed(9)
    other = bytes([2]) + signed(40) + signed(5) + signed(19000) + signed(7)
    keep("stored", "standing", b"\1" + compact(2) + compact(3) + signed(7) + signed(20000) + compact(len(first))
         + compact(1) + signed(33) + signed(-1000) + compact(len(other)) + first + other)
    keep("stored", "nobody", b"\1" + compact(0))
    number = bytes([3, 2, 0, 3, 6]) + b"632800" + bytes([3]) + b"XJK" + bytes([2]) + b"01" + bytes([125])
    keep("stored", "number", b"\2" + number + bytes([1, 2, 5, 6]) + bytes([0, 0, 0, 7]) + b"63280020250008X")
    keep("stored", "asked", b"\3" + json.dumps({"of": "cohort", "code": "C1", "language": "zh", "exact": True, "detail": "masked",
                                                "options": {"title": "a"}}).encode())


def main():
    shutil.rmtree(SEEDS, ignore_errors=True)
    os.makedirs(SEEDS)
    subprocess.run([sys.argv[1], SEEDS], check=True)
    csv()
    documents()
    for name, choice, entries in books():
        keep("xlsx", name, bytes([choice]) + w.archive(entries))
        keep("xlsx", name + "-stored", bytes([choice]) + w.archive(entries, stored=True))
        keep("workbook", name, bytes([choice]) + b"\x1e".join(
            n.encode() + b"\n" + (d if isinstance(d, bytes) else d.encode()) for n, d in entries))
    text()
    frames()
    stream()
    mapping()
    stored()


if __name__ == "__main__":
    main()
