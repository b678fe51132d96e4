#!/usr/bin/env python3
"""What the reader "csv" makes of files: csv_cases.py HARNESS PLUGIN [CASE…]."""
import sys

import check

UNCLEAR_ZH = ("认不出文件的编码：不是 UTF-8（字节 {}），按 GB18030 读又不像中文；"
              "请用选项 encoding 指明，如 big5、latin1、gb18030")
UNCLEAR_EN = ("the encoding cannot be told: it is not UTF-8 (bytes {}), and as GB18030 it does not read like Chinese; "
              "name it with the option encoding, such as big5, latin1, gb18030")
NONE_ZH = "认不出文件的编码：字节 {} 既不是 UTF-8，也不是 GB18030；请用选项 encoding 指明，或另存为 UTF-8"
NONE_EN = ("the encoding cannot be told: the bytes {} are neither UTF-8 nor GB18030; "
           "name it with the option encoding, or save the file as UTF-8")
WRONG_ZH = "字节 {} 不是 {} 编码（第 {} 列）：文件已损坏或混用了编码，请改正或用选项 encoding 指明"
WRONG_EN = ("the bytes {} are not {} (column {}): the file is damaged or mixes encodings, "
            "correct it or name another with the option encoding")
CUT_ZH = "文件在一个字符中间结束（字节 {}，编码 {}）：文件不完整，请重新导出或传送"
CUT_EN = "the file ends inside a character (bytes {}, encoding {}): it is incomplete, export or send it again"
NUL_ZH = "第 {} 行第 {} 列有空字符（NUL）：文件已损坏或不是文本，请重新导出"
NUL_EN = "there is a NUL character in line {}, column {}: the file is damaged or no text, export it again"
OPEN_ZH = "第 {} 列的引号没有结束：请补上引号，或用选项 quote=none 把引号当作普通字符"
OPEN_EN = "the quote in column {} is never closed: close it, or take quotes as they are with the option quote=none"
AFTER_ZH = "第 {} 列的引号结束之后还有文字：引号里的引号应写两遍"
AFTER_EN = "there is text after the closing quote in column {}: a quote that is meant must be written twice"
KIND_ZH = "这不是 CSV，似乎是{}：请用它自己的程序另存为 CSV，或换用相应的读取器"
KIND_EN = "this is not CSV, it seems to be {}: save it as CSV, or use the reader for it"
OPTION_ZH = "选项 {} 不能是“{}”：应为一个标点字符，或 hongzhu plugin show csv 列出的词"
OPTION_EN = ("the option {} cannot be \"{}\": give one punctuation character, or a word that hongzhu plugin show csv "
             "lists")

ROSTER = "编号,姓名栏,学校\r\nT01,代号一,大成学校\r\nT02,代号二,\"思源,实验\"\r\n"
ROSTER_ROWS = {1: ["编号", "姓名栏", "学校"], 2: ["T01", "代号一", "大成学校"], 3: ["T02", "代号二", "思源,实验"]}
LETTERS = "a,é\nb,ü\n"


def fail(row, zh, en, *values):
    return 0, row, zh.format(*values), en.format(*values)


CASES = {
    # ---- encodings found ----
    "csv: utf-8 with a mark": {"bytes": b"\xef\xbb\xbf" + ROSTER.encode(), "rows": ROSTER_ROWS},
    "csv: utf-8 without a mark": {"bytes": ROSTER.encode(), "rows": ROSTER_ROWS},
    "csv: gb18030 without a mark": {"bytes": ROSTER.encode("gb18030"), "rows": ROSTER_ROWS},
    "csv: gb18030 with a mark": {"bytes": "\ufeff".encode("gb18030") + ROSTER.encode("gb18030"), "rows": ROSTER_ROWS},
    "csv: gb18030 of four bytes": {"bytes": "编号,生僻字\nT01,㐂𠀀学校教师\n".encode("gb18030"),
                                   "rows": {1: ["编号", "生僻字"], 2: ["T01", "㐂𠀀学校教师"]}},
    "csv: utf-16le with a mark": {"bytes": b"\xff\xfe" + ROSTER.encode("utf-16le"), "rows": ROSTER_ROWS},
    "csv: utf-16be with a mark": {"bytes": b"\xfe\xff" + ROSTER.encode("utf-16be"), "rows": ROSTER_ROWS},
    "csv: utf-16le without a mark": {"bytes": ROSTER.encode("utf-16le"), "rows": ROSTER_ROWS},
    "csv: utf-16be without a mark": {"bytes": ROSTER.encode("utf-16be"), "rows": ROSTER_ROWS},
    "csv: utf-16 with a surrogate pair": {"bytes": b"\xff\xfe" + "a,𠀀\n".encode("utf-16le"), "rows": {1: ["a", "𠀀"]}},
    "csv: utf-16 with tabs, as office programs save Unicode text": {
        "bytes": b"\xff\xfe" + "编号\t学校\r\nT01\t一中\r\n".encode("utf-16le"),
        "rows": {1: ["编号", "学校"], 2: ["T01", "一中"]}},
    "csv: ascii is utf-8": {"bytes": b"a,b\n1,2\n", "rows": {1: ["a", "b"], 2: ["1", "2"]}},
    "csv: a mark and nothing else": {"bytes": b"\xef\xbb\xbf", "rows": {}},
    "csv: an empty file": {"bytes": b"", "rows": {}},
    # ---- encodings named ----
    "csv: big5 named": {"bytes": "編號,學校\nT01,國小\n".encode("big5"), "options": ["encoding=big5"],
                        "rows": {1: ["編號", "學校"], 2: ["T01", "國小"]}},
    "csv: latin1 named": {"bytes": LETTERS.encode("latin1"), "options": ["encoding=latin1"],
                          "rows": {1: ["a", "é"], 2: ["b", "ü"]}},
    "csv: gbk named": {"bytes": ROSTER.encode("gbk"), "options": ["encoding=gbk"], "rows": ROSTER_ROWS},
    "csv: a mark that agrees is no part of the text": {
        "bytes": b"\xef\xbb\xbf" + ROSTER.encode(), "options": ["encoding=utf-8"], "rows": ROSTER_ROWS},
    "csv: a mark that disagrees": {
        "bytes": b"\xef\xbb\xbfa,b\n", "options": ["encoding=gbk"],
        "fail": fail(1, "文件开头的标记说明它是 utf-8，而选项 encoding 是 gbk：请去掉这个选项",
                     "the file begins with the mark of utf-8, but the option encoding is gbk: leave the option out")},
    # ---- encodings that cannot be told, damage ----
    "csv: latin1 is not taken for chinese": {"bytes": LETTERS.encode("latin1") * 9,
                                             "fail": fail(1, NONE_ZH, NONE_EN, "E9 0A 62 2C")},
    "csv: big5 is not taken for gb18030": {
        "bytes": "編號,學校\nT01,國立臺灣師範大學附屬中學\n".encode("big5"),
        "fail": fail(1, UNCLEAR_ZH, UNCLEAR_EN, "BD 73 B8 B9")},
    "csv: one wrong byte in utf-8": {
        "bytes": ROSTER.encode() + b"T03,\xe4\xbb,x\n",
        "fail": fail(4, WRONG_ZH, WRONG_EN, "E4 BB 2C 78", "utf-8", 2)},
    "csv: one wrong byte in gb18030": {
        "bytes": ROSTER.encode("gb18030") * 4 + b"T03,\xff,x\n",
        "fail": fail(13, WRONG_ZH, WRONG_EN, "FF 2C 78 0A", "gb18030", 2)},
    "csv: utf-8 pasted into gb18030": {
        "bytes": ROSTER.encode("gb18030") * 20 + "T03,学\n".encode(),
        "fail": fail(61, WRONG_ZH, WRONG_EN, "A6 0A", "gb18030", 2)},
    "csv: utf-8 cut in a character": {"bytes": ROSTER.encode()[:-6] + "验".encode()[:2],
                                      "fail": fail(3, CUT_ZH, CUT_EN, "E9 AA", "utf-8")},
    "csv: gb18030 cut in a character": {"bytes": ROSTER.encode("gb18030") + "学".encode("gb18030")[:1],
                                        "fail": fail(4, CUT_ZH, CUT_EN, "D1", "gb18030")},
    "csv: utf-16 of an odd length": {"bytes": b"\xff\xfe" + "a,b\n".encode("utf-16le") + b"c",
                                     "fail": fail(2, CUT_ZH, CUT_EN, "63", "utf-16le")},
    "csv: half a surrogate pair": {"bytes": b"\xff\xfe" + "a,b\n".encode("utf-16le") + b"\x00\xdc\x0a\x00",
                                   "fail": fail(2, WRONG_ZH, WRONG_EN, "00 DC 0A 00", "utf-16le", 1)},
    "csv: a surrogate in utf-8": {"bytes": ROSTER.encode() + b"\xed\xa0\x80,x\n",
                                  "fail": fail(4, WRONG_ZH, WRONG_EN, "ED A0 80 2C", "utf-8", 1)},
    "csv: two encodings that both fit": {
        "bytes": "id,sex\n1,女\n2,女\n".encode("gbk"),
        "fail": fail(2, "认不出文件的编码：字节 C5 AE 0A 32 按 UTF-8 和 GB18030 都读得通；请用选项 encoding 指明，或另存为带标记的 UTF-8",
                     "the encoding cannot be told: the bytes C5 AE 0A 32 can be UTF-8 and GB18030 alike; "
                     "name it with the option encoding, or save the file as UTF-8 with a mark")},
    "csv: that encoding named": {"bytes": "id,sex\n1,女\n".encode("gbk"), "options": ["encoding=gb18030"],
                                 "rows": {1: ["id", "sex"], 2: ["1", "女"]}},
    "csv: accents in utf-8": {"bytes": "a,é\nb,ß\n".encode(), "rows": {1: ["a", "é"], 2: ["b", "ß"]}},
    "csv: no encoding at all": {"bytes": b"a,\xff\xff\xff\n", "fail": fail(1, NONE_ZH, NONE_EN, "FF FF FF 0A")},
    "csv: the line of the first strange byte": {"bytes": b"a\r\nb\r\nc\rd,\xff\n",
                                                "fail": fail(4, NONE_ZH, NONE_EN, "FF 0A")},
    "csv: a NUL": {"bytes": b"a,b\nc,d\ne,f\x00g\n", "fail": fail(3, NUL_ZH, NUL_EN, 3, 2)},
    "csv: a NUL in quotes has its own line": {"bytes": b'a,b\nc,"d\ne\x00"\n', "fail": fail(2, NUL_ZH, NUL_EN, 3, 2)},
    "csv: a tail of NULs": {"bytes": ROSTER.encode() + b"\x00" * 512, "fail": fail(4, NUL_ZH, NUL_EN, 4, 1)},
    # ---- separators ----
    "csv: semicolons": {"bytes": b"a;b;c\n1,5;2,5;3\n", "rows": {1: ["a", "b", "c"], 2: ["1,5", "2,5", "3"]}},
    "csv: tabs with commas inside": {"bytes": "姓名栏\t备注\n一\t好,很好\n二\t一般,尚可\n".encode(),
                                     "rows": {1: ["姓名栏", "备注"], 2: ["一", "好,很好"], 3: ["二", "一般,尚可"]}},
    "csv: bars": {"bytes": b"a|b\n1|2\n", "rows": {1: ["a", "b"], 2: ["1", "2"]}},
    "csv: a title above does not mislead": {"bytes": "名单\n\na;b;c\n1;2;3\n4;5;6\n".encode(),
                                            "rows": {1: ["名单"], 3: ["a", "b", "c"], 4: ["1", "2", "3"], 5: ["4", "5", "6"]}},
    "csv: one column": {"bytes": b"a\nb\n", "rows": {1: ["a"], 2: ["b"]}},
    "csv: a separator named": {"bytes": b"a,b;c,d\n", "options": ["separator=;"], "rows": {1: ["a,b", "c,d"]}},
    "csv: tab named by its word": {"bytes": b"a\tb,c\n", "options": ["separator=tab"], "rows": {1: ["a", "b,c"]}},
    "csv: another separator": {"bytes": b"a^b\n", "options": ["separator=^"], "rows": {1: ["a", "b"]}},
    "csv: the first line of Excel": {"bytes": b"sep=;\r\na;b,c,d\r\n", "rows": {2: ["a", "b,c,d"]}},
    "csv: a column that begins like it": {"bytes": b"sep=1,b\n", "rows": {1: ["sep=1", "b"]}},
    # ---- quotes and lines ----
    "csv: doubled quotes": {"bytes": b'a,"b ""c"" d"\n"""","x"\n', "rows": {1: ["a", 'b "c" d'], 2: ['"', "x"]}},
    "csv: lines inside quotes": {"bytes": b'a,b\n1,"x\ny\r\nz"\n2,w\n', "rows": {1: ["a", "b"], 2: ["1", "x\ny\r\nz"], 5: ["2", "w"]}},
    "csv: cr alone ends a row": {"bytes": b"a,b\r1,2\r", "rows": {1: ["a", "b"], 2: ["1", "2"]}},
    "csv: mixed line ends": {"bytes": b"a,b\r\n1,2\r3,4\n5,6", "rows": {1: ["a", "b"], 2: ["1", "2"], 3: ["3", "4"], 4: ["5", "6"]}},
    "csv: empty lines are counted and left out": {"bytes": b"\n\na,b\n\r\n,\n1,2\n", "rows": {3: ["a", "b"], 6: ["1", "2"]}},
    "csv: absent and empty": {"bytes": b'a,,"",d\n', "rows": {1: ["a", None, "", "d"]}},
    "csv: ragged rows stay ragged": {"bytes": b"a,b,c\n1\n1,2,3,4\n", "rows": {1: ["a", "b", "c"], 2: ["1"], 3: ["1", "2", "3", "4"]}},
    "csv: a comma at the end": {"bytes": b"a,b,\n", "rows": {1: ["a", "b", None]}},
    "csv: a quote in the middle is a quote": {"bytes": b'a,5" pipe,b"c"\n', "rows": {1: ["a", '5" pipe', 'b"c"']}},
    "csv: blanks after a quote": {"bytes": b'"a" ,"b"\t,c\n', "options": ["separator=,"], "rows": {1: ["a", "b", "c"]}},
    "csv: blanks are kept": {"bytes": b" a , b\n", "rows": {1: [" a ", " b"]}},
    "csv: text after a quote": {"bytes": b'a,b\n1,"x"y\n', "fail": fail(2, AFTER_ZH, AFTER_EN, 2)},
    "csv: a quote without an end": {"bytes": b'a,b\n1,2\n3,"x\ny\nz\n', "fail": fail(3, OPEN_ZH, OPEN_EN, 2)},
    "csv: no quotes asked for": {"bytes": b'a,"b\n1,2\n', "options": ["quote=none"], "rows": {1: ["a", '"b'], 2: ["1", "2"]}},
    "csv: another quote": {"bytes": b"a,'b,c'\n", "options": ["quote='"], "rows": {1: ["a", "b,c"]}},
    "csv: comments": {"bytes": b'# x,"\na,b\n#\n1,2\n', "options": ["comment=#"], "rows": {2: ["a", "b"], 4: ["1", "2"]}},
    # ---- limits ----
    "csv: the widest row": {"bytes": b"," * 16383 + b"x\n", "rows": {1: [None] * 16383 + ["x"]}},
    "csv: a row too wide": {
        "bytes": b"a\n" + b"x," * 100000 + b"\n",
        "fail": fail(2, "这一行超过 16384 列：分隔符可能不对，请用选项 separator 指明",
                     "the row has more than 16384 columns: the separator may be another, name it with the option separator")},
    "csv: a row too long": {
        "bytes": b"a,b\n1," + b"x" * (9 << 20) + b"\n",
        "fail": fail(2, "这一行超过 8 MB（第 2 列）：文件可能不是表格",
                     "the row is longer than 8 MB (column 2): the file may not be a table")},
    "csv: a quote that swallows the file": {
        "bytes": b'a,b\n1,"' + b"x,y\n" * (3 << 20),
        "fail": fail(2, "第 2 列的引号过了 8 MB 还没有结束：请补上引号，或用选项 quote=none",
                     "the quote in column 2 is not closed within 8 MB: close it, or use the option quote=none")},
    "csv: endless quotes": {"bytes": b'"' * ((1 << 20) + 1), "fail": fail(1, OPEN_ZH, OPEN_EN, 1)},
    "csv: the host asks to stop": {"bytes": ROSTER.encode(), "options": ["--stop-after=2"], "stop": True,
                                   "rows": {1: ROSTER_ROWS[1], 2: ROSTER_ROWS[2]}},
    # ---- what is no text table ----
    "csv: a workbook renamed": {"bytes": b"PK\x03\x04rest", "fail": fail(0, KIND_ZH.format("Excel 工作簿（.xlsx）或其他压缩包"),
                                                                    KIND_EN.format("an Excel workbook (.xlsx) or another archive"))},
    "csv: an old workbook renamed": {
        "bytes": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
        "fail": fail(0, KIND_ZH.format("旧版 Excel 工作簿（.xls）或加密的工作簿"), KIND_EN.format("an old Excel workbook (.xls) or an encrypted one"))},
    "csv: a web page renamed": {"bytes": b"\n <!DOCTYPE HTML><table></table>",
                                "fail": fail(0, KIND_ZH.format("网页（HTML）"), KIND_EN.format("a web page (HTML)"))},
    "csv: a pdf renamed": {"bytes": b"%PDF-1.7\n", "fail": fail(0, KIND_ZH.format("PDF 文件"), KIND_EN.format("a PDF"))},
    # ---- options that are wrong ----
    "csv: an encoding that is none": {"bytes": b"a\n", "options": ["encoding=ebcdic"], "fail": fail(0, OPTION_ZH, OPTION_EN, "encoding", "ebcdic")},
    "csv: a separator that is a letter": {"bytes": b"a\n", "options": ["separator=x"], "fail": fail(0, OPTION_ZH, OPTION_EN, "separator", "x")},
    "csv: a quote of two characters": {"bytes": b"a\n", "options": ["quote=''"], "fail": fail(0, OPTION_ZH, OPTION_EN, "quote", "''")},
    "csv: separator and quote alike": {
        "bytes": b"a\n", "options": ["separator='", "quote='"],
        "fail": fail(0, "选项 separator 和 quote 是同一个字符“'”：请改其中一个",
                     "the options separator and quote are the same character \"'\": change one of them")},
    # ---- being sure ----
    "csv: sure of a table under its name": {"bytes": b"a,b\n1,2\n", "probe": 90},
    "csv: less sure of text without separators": {"bytes": b"ab\n", "name": "x.dat", "probe": 40},
    "csv: sure of gb18030": {"bytes": ROSTER.encode("gb18030"), "name": "x.dat", "probe": 60},
    "csv: a workbook is not csv, whatever its name": {"bytes": b"PK\x03\x04", "probe": 0},
    "csv: unknown bytes under the name of a table": {"bytes": b"\xff\xff\xff\xff", "probe": 10},
    "csv: zero bytes": {"bytes": b"\0" * 99, "name": "x.dat", "probe": 0},
}

if __name__ == "__main__":
    sys.exit(check.check("table.csv", CASES))
