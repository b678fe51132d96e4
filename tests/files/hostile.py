"""Hostile files: each a name and a function that writes it. Nothing of them is stored; all of them are the same each time."""
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "readers"))
import workbook as w  # noqa: E402
from archives import STORED, Entry, archive, overlapping  # noqa: E402

HEADER = ("编号", "姓名", "日期", "学时")
GOOD = ("T09", "代号九", "2025-03-01", "2")
TABLE = "编号,姓名,日期,学时\n"
MB = 1 << 20


def bad_rows():
    return w.row(1, *HEADER) + w.row(2, "T09", "代号九", "2025-03-01", "zwei")


def good_rows():
    return w.row(1, *HEADER) + w.row(2, *GOOD)


def good_parts(rows=None, **more):
    return w.parts([("名单", w.sheet(rows if rows is not None else good_rows(), more.pop("after", "")))], **more)


def entries(parts):
    return [Entry(name, data if isinstance(data, bytes) else data.encode()) for name, data in parts]


def with_part(name, data, **lies):
    """The good workbook with one part of another content, and lies about it."""
    return [Entry(n, data if n == name and data is not None else d.encode(), **(lies if n == name else {})) for n, d in good_parts()]


SHEET = "xl/worksheets/sheet1.xml"


def sheet_text(inside, before="", after=""):
    return (f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{w.MAIN}"><sheetData>{inside}</sheetData>{after}</worksheet>').encode()


def swollen(count):
    return sheet_text(good_rows() + " " * count)


def bomb_of_bombs():
    inner = archive([Entry("bomb.xml", b" " * (4 * MB))])
    for _ in range(3):
        inner = archive([Entry(f"{i}.zip", inner) for i in range(10)])
    return archive([Entry("nested.zip", inner)])


def fifield():
    tail, heads = overlapping(200, sheet_text(good_rows() + " " * MB))
    parts = [(n, d) for n, d in good_parts() if n != SHEET]
    rest = [Entry(n, d.encode()) for n, d in parts]
    out, places = tail, []
    for entry in rest:
        places.append(len(out))
        out += entry.local()
    at = len(out)
    directory = heads + b"".join(entry.central(place) for entry, place in zip(rest, places))
    count = 200 + len(rest)
    return out + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), at, 0)


def zip64_lies():
    extra = struct.pack("<HHQQ", 1, 16, 1 << 62, 1 << 62)
    return archive(with_part(SHEET, None, extra=extra, size=0xFFFFFFFF, stored=0xFFFFFFFF, version=45))


def zip64_end():
    whole = archive(entries(good_parts()))
    end = whole.rindex(b"PK\5\6")
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1 << 60, 1 << 60, 1 << 50, 1 << 60)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, end, 1)
    return whole[:end] + record + locator + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def archives():
    sound = archive(entries(good_parts()))
    yield "ratio", archive(with_part(SHEET, swollen(40 * MB)))
    yield "ratio-of-shared-texts", archive([Entry(n, (d if n != "xl/sharedStrings.xml" else d + " " * (40 * MB)).encode())
                                              for n, d in good_parts(strings=w.shared("<t>a</t>"))])
    yield "nested", bomb_of_bombs()
    yield "overlapping", fifield()
    same = entries(good_parts())
    same[-1].lies["central_offset"] = 0
    yield "two-entries-in-one-place", archive(same)
    yield "duplicate", archive(entries(good_parts()) + [Entry(SHEET, sheet_text(w.row(1, *HEADER)))])
    yield "duplicate-in-other-letters", archive(entries(good_parts()) + [Entry(SHEET.upper(), sheet_text(""))])
    yield "size-too-small", archive(with_part(SHEET, None, size=10))
    yield "size-too-large", archive(with_part(SHEET, None, size=1 << 30))
    yield "stored-size-too-large", archive(with_part(SHEET, None, central_stored=1 << 30))
    yield "wrong-sum", archive(with_part(SHEET, None, crc=1))
    yield "heads-that-differ", archive(with_part(SHEET, None, local_method=STORED))
    yield "absolute-name", archive(entries(good_parts()) + [Entry("/etc/passwd", b"x")])
    yield "way-out", archive(entries(good_parts()) + [Entry("../../outside.xml", b"x")])
    yield "way-out-with-backslashes", archive(entries(good_parts()) + [Entry("..\\..\\outside.xml", b"x")])
    yield "name-with-nul", archive(entries(good_parts()) + [Entry(b"xl/a\0b.xml", b"x")])
    yield "name-with-escape", archive(entries(good_parts()) + [Entry(b"xl/\x1b[31mred.xml", b"x"), Entry(b"xl/\x1b[31mred.xml", b"x")])
    yield "encrypted", archive(with_part(SHEET, None, flags=0x801))
    yield "unknown-method", archive(with_part(SHEET, None, method=99))
    yield "zip64-sizes", zip64_lies()
    yield "zip64-end", zip64_end()
    yield "no-end", sound[:sound.rindex(b"PK\5\6")]
    yield "directory-cut", sound[:sound.rindex(b"PK\1\2") + 20] + sound[sound.rindex(b"PK\5\6"):]
    yield "half", sound[:len(sound) // 2]
    yield "directory-elsewhere", archive(entries(good_parts()), offset=7)
    yield "count-too-large", archive(entries(good_parts()), count=60000)
    yield "comment-beyond-the-end", archive(entries(good_parts()), comment=5000)
    yield "link", archive(with_part(SHEET, b"/etc/passwd", method=STORED, outer=0o120777 << 16))
    yield "deflate-without-end", archive(with_part(SHEET, None, raw=b"\x00\x10\x00\xef\xff" + b"<" * 16))
    yield "deflate-garbage", archive([e if e.name != SHEET.encode() else Entry(SHEET, b"x" * 1000, raw=b"\xff" * 1000) for e in entries(good_parts())])
    yield "70,000-entries", archive(entries(good_parts()) + [Entry(f"x/{i}", b"", STORED) for i in range(70000)], count=0xFFFF)


def sheet_with(data):
    return archive(with_part(SHEET, data))


def billion_laughs():
    levels = "".join(f'<!ENTITY l{i} "{("&l%d;" % (i - 1)) * 10}">' for i in range(1, 12))
    return sheet_with(sheet_text('<row r="1"><c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row>',
                                 before=f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'))


def xml():
    outside = '<row r="1"><c r="A1" t="inlineStr"><is><t>&o;</t></is></c></row>'
    yield "entity-bomb", billion_laughs()
    yield "entity-outside", sheet_with(sheet_text(outside, before='<!DOCTYPE x [<!ENTITY o SYSTEM "file:///etc/passwd">]>'))
    yield "entity-parameter", sheet_with(sheet_text(outside, before='<!DOCTYPE x [<!ENTITY % o SYSTEM "http://127.0.0.1/x"> %o;]>'))
    yield "document-type-outside", sheet_with(sheet_text(good_rows(), before='<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'))
    yield "entity-unknown", sheet_with(sheet_text(outside))
    yield "depth-100,000", sheet_with(sheet_text("<a>" * 100000 + "</a>" * 100000))
    yield "million-attributes", sheet_with(sheet_text("<row " + " ".join(f'a{i}="1"' for i in range(1000000)) + "/>"))
    yield "huge-attribute", sheet_with(sheet_text(f'<row r="1" x="{"a" * (16 * MB)}"/>'))
    yield "huge-name", sheet_with(sheet_text(f'<{"a" * (4 * MB)}/>'))
    yield "attribute-twice", sheet_with(sheet_text('<row r="1" r="2"/>'))
    yield "wrong-encoding", sheet_with(sheet_text(good_rows()).replace(b"UTF-8", b"UTF-16"))
    yield "unknown-encoding", sheet_with(sheet_text(good_rows()).replace(b"UTF-8", b"X-NONE"))
    yield "not-utf-8", sheet_with(sheet_text(good_rows()).replace("代号九".encode(), b"\xff\xfe\xc0\xaf"))
    yield "nul", sheet_with(sheet_text(good_rows().replace("代号九", "代\0九")))
    yield "nul-as-reference", sheet_with(sheet_text(good_rows().replace("代号九", "代&#0;九")))
    yield "surrogate-as-reference", sheet_with(sheet_text(good_rows().replace("代号九", "&#xD800;")))
    yield "never-closed", sheet_with(sheet_text(good_rows())[:-30])
    yield "two-roots", sheet_with(sheet_text(good_rows()) + b"<worksheet/>")
    yield "empty-part", sheet_with(b"")
    yield "comment-without-end", sheet_with(sheet_text(good_rows()).replace(b"<sheetData>", b"<!-- " + b"-" * 100 + b"<sheetData>"))


def cell(at, inside, kind=""):
    return f'<c r="{at}"{kind}>{inside}</c>'


def replaced(name, data):
    return archive([(n, d if n != name else data) for n, d in good_parts() if n != name or data is not None])


def rows(inside):
    return archive(entries(good_parts(rows=inside)))


def workbooks():
    book = dict(good_parts())["xl/workbook.xml"]
    links = dict(good_parts())["xl/_rels/workbook.xml.rels"]
    header = w.row(1, *HEADER)
    yield "row-zero", rows('<row r="0">' + cell("A0", "<v>1</v>") + "</row>")
    yield "row-of-billions", rows(header + '<row r="4294967297">' + cell("A4294967297", "<v>1</v>") + "</row>")
    yield "row-beyond-the-sheet", rows(header + '<row r="1048577"/>')
    yield "rows-not-ascending", rows(header + w.row(3, *GOOD) + w.row(2, *GOOD))
    yield "row-twice", rows(header + w.row(2, *GOOD) + w.row(2, *GOOD))
    yield "row-negative", rows('<row r="-1"/>')
    yield "column-beyond-the-sheet", rows(header + '<row r="2">' + cell("XFE2", "<v>1</v>") + "</row>")
    yield "column-of-millions", rows(header + '<row r="2">' + cell("ZZZZZZ2", "<v>1</v>") + "</row>")
    yield "columns-not-ascending", rows(header + '<row r="2">' + cell("C2", "<v>1</v>") + cell("A2", "<v>1</v>") + "</row>")
    yield "cell-of-another-row", rows(header + '<row r="2">' + cell("A9", "<v>1</v>") + "</row>")
    yield "20,000-cells-in-a-row", rows(header + '<row r="2">' + "<c><v>1</v></c>" * 20000 + "</row>")
    yield "shared-text-out-of-range", archive(entries(good_parts(header + '<row r="2">' + cell("A2", "<v>99</v>", ' t="s"') + "</row>", strings=w.shared("<t>a</t>"))))
    yield "shared-text-negative", archive(entries(good_parts(header + '<row r="2">' + cell("A2", "<v>-1</v>", ' t="s"') + "</row>", strings=w.shared("<t>a</t>"))))
    yield "shared-texts-missing", rows(header + '<row r="2">' + cell("A2", "<v>0</v>", ' t="s"') + "</row>")
    yield "style-out-of-range", archive(entries(good_parts(header + '<row r="2">' + cell("A2", "<v>1</v>", ' s="4000000000"') + "</row>", formats=w.styles(14))))
    circular = (f'{w.HEAD}<styleSheet xmlns="{w.MAIN}"><cellStyleXfs><xf numFmtId="14" xfId="0"/></cellStyleXfs>'
                '<cellXfs><xf xfId="1"/><xf xfId="0"/></cellXfs></styleSheet>')
    yield "styles-circular", archive(entries(good_parts(header + '<row r="2">' + cell("A2", "<v>1</v>", ' s="1"') + "</row>", formats=circular)))
    yield "merged-over-everything", archive(entries(good_parts(after=w.merged("A1:XFD1048576"))))
    yield "merged-backwards", archive(entries(good_parts(after=w.merged("C9:A1"))))
    yield "merged-overlapping", archive(entries(good_parts(after=w.merged("A1:C3", "B2:D4"))))
    yield "merged-beyond-the-sheet", archive(entries(good_parts(after=w.merged("A1:XFE2"))))
    yield "billions-of-cells-declared", archive([(n, d.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
                                                   ) for n, d in good_parts(bad_rows())])
    yield "shared-texts-declared-4-billion", archive([(n, d.replace("<sst ", '<sst count="4294967295" uniqueCount="4294967295" ')) for n, d in
                                                       good_parts(header + '<row r="2">' + cell("A2", "<v>7</v>", ' t="s"') + "</row>", strings=w.shared("<t>a</t>"))])
    yield "no-sheet-part", replaced(SHEET, None)
    yield "no-workbook-part", replaced("xl/workbook.xml", None)
    yield "no-relationships", replaced("_rels/.rels", None)
    yield "no-relationships-of-the-workbook", replaced("xl/_rels/workbook.xml.rels", None)
    yield "relationship-outside", replaced("xl/_rels/workbook.xml.rels", links.replace("worksheets/sheet1.xml", "../../../../etc/passwd"))
    yield "relationship-external", replaced("xl/_rels/workbook.xml.rels", links.replace('Target="worksheets/sheet1.xml"', 'Target="file:///etc/passwd" TargetMode="External"'))
    yield "relationship-to-itself", replaced("xl/_rels/workbook.xml.rels", links.replace("worksheets/sheet1.xml", "workbook.xml"))
    yield "sheet-twice", replaced("xl/workbook.xml", book.replace("</sheets>", '<sheet name="名单" sheetId="2" r:id="rId1"/></sheets>'))
    yield "no-sheets", replaced("xl/workbook.xml", book[:book.index("<sheets>")] + "<sheets/></workbook>")
    yield "5,000-sheets", replaced("xl/workbook.xml", book.replace("</sheets>", "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="rId1"/>' for i in range(2, 5002)) + "</sheets>"))
    yield "sheet-name-with-escape", archive([(n, d.replace('name="名单"', 'name="&#9;&#x202E;名单"')) for n, d in good_parts(bad_rows())])
    yield "sheet-name-of-a-million", archive([(n, d.replace('name="名单"', f'name="{"N" * 1000000}"')) for n, d in good_parts(bad_rows())])
    yield "formula-never-computed", rows(header + '<row r="2">' + cell("A2", "<f>1+1</f>") + "</row>")
    yield "number-of-300-digits", rows(header + '<row r="2">' + cell("D2", f"<v>{'9' * 300}</v>") + "</row>")
    yield "number-that-is-none", rows(header + '<row r="2">' + cell("D2", "<v>nan(0x1)</v>") + "</row>")
    yield "date-far-away", archive(entries(good_parts(header + '<row r="2">' + cell("C2", "<v>1E18</v>", ' s="0"') + "</row>", formats=w.styles(14))))
    yield "old-excel", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + "Workbook".encode("utf-16le") + b"\0" * 4096
    yield "open-document", archive([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<office/>")])
    yield "binary-workbook", archive([("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", "x")])
    yield "macros-only", archive([("[Content_Types].xml", "<Types/>"), ("xl/vbaProject.bin", "x")])
    yield "no-bytes", b""
    yield "zeros", b"\0" * 5000


def field_of_a_gigabyte(path):
    block = b"a" * (16 * MB)
    with open(path, "wb") as file:
        file.write(TABLE.encode() + b'T01,"')
        for _ in range(64):
            file.write(block)
        file.write(b'",2025-03-01,2\n')


def sparse_gigabyte(path):
    with open(path, "wb") as file:
        file.write(TABLE.encode())
        file.truncate(1 << 30)


def empty_rows(path):
    block = b"\n" * (16 * MB)
    with open(path, "wb") as file:
        file.write(TABLE.encode())
        for _ in range(16):
            file.write(block)
        file.write(b"T01,,2025-03-01,x\n")


def tables():
    def text(tail, encoding="utf-8"):
        return (TABLE + tail).encode(encoding)
    yield "field-of-a-gigabyte", field_of_a_gigabyte
    yield "gigabyte-of-nothing", sparse_gigabyte
    yield "268,000,000-empty-rows", empty_rows
    yield "nul", text("T01,代\0号,2025-03-01,2\n")
    yield "100,000-columns", text("T01" + "," * 100000 + "x\n")
    yield "100,000-titles", ("编号,姓名,日期,学时" + "".join(f",c{i}" for i in range(100000)) + "\n").encode()
    yield "quote-never-closed", text('T01,"代号\n' + "T02,,2025-03-01,2\n" * 1000)
    yield "endless-quotes", text('"' * (2 * MB + 1))
    yield "text-after-the-quote", text('T01,"代"号,2025-03-01,2\n')
    yield "mixed-encodings", text("T01,代号一,2025-03-01,2\n" * 200) + "T02,代号二,2025-03-01,2\n".encode("gb18030")
    yield "cut-inside-a-character", text("T01,代号一,2025-03-01,2\nT02,代号")[:-1]
    yield "utf-16-odd", text("T01,代号一,2025-03-01,zwei\n", "utf-16")[:-1]
    yield "utf-16-without-mark", text("T01,代号一,2025-03-01,zwei\n" * 3, "utf-16le")
    yield "utf-32", text("T01,代号一,2025-03-01,zwei\n", "utf-32")
    yield "surrogates-alone", (TABLE + "T01,").encode("utf-16") + b"\x00\xd8,\x00" + "2025-03-01,2\n".encode("utf-16le")
    yield "overlong", text("T01,") + b"\xc0\xaf\xe0\x80\xaf" + b",2025-03-01,2\n"
    yield "lone-returns", text("T01,代号一,2025-03-01,zwei\n").replace(b"\n", b"\r")
    yield "controls", text("T\x1b[31m01\x07,代\x9b31m号,2025-\u202e03-01,\x1b]0;x\x07\n")
    yield "number-without-end", text("T01,,2025-03-01," + "9" * 100000 + "\n")
    yield "date-without-end", text("T01,," + "2025-" * 20000 + ",2\n")
    yield "longer-than-the-header", text("T01,代号一,2025-03-01,2,,更多\n")
    yield "nothing-but-separators", b"," * 16000 + b"\n" + b",;\t|" * 1000
    yield "nothing-but-a-header", b"\xff" * 100
    yield "elf", b"\x7fELF\2\1\1" + bytes(range(256)) * 16
    yield "gzip", b"\x1f\x8b\x08" + b"\0" * 100


def documents():
    def table(*rows, name="名单"):
        return ('{"' + name + '": [\n' + ",\n".join(rows) + "\n]}").encode()
    good = '{"编号": "T09", "姓名": "代号九", "日期": "2025-03-01", "学时": 2}'
    bad = good.replace("2}", '"zwei"}')
    yield "rows-wrong", table(good, bad)
    yield "depth-100,000", b"[" * 100000 + b"]" * 100000
    yield "depth-2,000-in-a-row", table('{"编号": ' + "[" * 2000 + "]" * 2000 + "}")
    yield "name-twice", table('{"编号": "T09", "编号": "T08"}')
    yield "nul", table(good.replace("代号九", "代\\u0000号"))
    yield "nul-byte", table(good.replace("代号九", "代\0号"))
    yield "surrogate-alone", table(good.replace("代号九", "\\ud800"))
    yield "not-utf-8", table(good) + b'\xff\xfe'
    yield "not-utf-8-in-a-text", table(good).replace("代号九".encode(), b"\xe4\xbb\xa3\xe5")
    yield "cut-inside-a-character", ('{"名单": [{"编号": ' + "中" * 6).encode()[:-1]
    yield "half", table(good, good)[:60]
    yield "more-behind-the-end", table(good) + table(good)
    yield "integer-of-100-digits", table(good.replace(": 2}", ": " + "9" * 100 + "}"))
    yield "number-beyond-all", table(good.replace(": 2}", ": 1e999}"))
    yield "no-number", table(good.replace(": 2}", ": NaN}"))
    yield "controls", table(bad.replace("代号九", "\\u001b[31m\\u0007\\u202e"))
    yield "sheet-name-of-a-million", table(bad, name="N" * MB)
    yield "sheet-name-with-escape", table(bad, name="\\u001b[2J\\u202e")
    yield "5,000-sheets", ("{" + ", ".join(f'"s{i}": [{{}}]' for i in range(5000)) + "}").encode()
    yield "100,000-columns", table("{" + ", ".join(f'"c{i}": 1' for i in range(100000)) + "}")
    yield "billions-of-cells", table("{" + ", ".join(f'"c{i}": 1' for i in range(16000)) + "}", *["{}"] * 20000)
    yield "text-of-9-mb", table(good.replace("代号九", "x" * (9 * MB)))
    yield "list-of-100,000", table(good.replace('"代号九"', "[" + "7, " * 100000 + "7]"))
    yield "nothing-but-empty-rows", table(*["{}"] * 100000)
    yield "rows-of-rows", table('{"编号": {"a": {"b": {"c": 1}}}, "姓名": [[1], [2]], "日期": null, "学时": [{}]}')
    yield "a-text", b'"' + b"x" * MB + b'"'
    yield "braces-around-nothing", b"{" + b"\0" * 1000 + b"}"
    yield "comments", b"/* */ " + table(good)
    yield "utf-16", table(bad).decode().encode("utf-16")


def names():
    bad = (TABLE + "T01,,2025-03-01,zwei\n").encode()
    for name in ("line\nbreak.csv", "esc\x1b[31m.csv", "bell\x07.csv", "\u202evsc.exe", "-rf.csv", "--adapter=x.csv", "%s%n.csv", "'; rm.csv",
                 "<b>.csv", "a" * 240 + ".csv", "=1+1.csv"):
        yield name, bad
    yield b"not-utf-8-\xff.csv", bad


GROUPS = {"archive": (archives, ".xlsx"), "xml": (xml, ".xlsx"), "workbook": (workbooks, ".xlsx"), "csv": (tables, ".csv"), "json": (documents, ".json"), "name": (names, "")}
# Harmless: read as if nothing were odd. The directory at the end of an archive is believed, as office programs do; an entry
# that nothing refers to is not looked at.
READ = {"list-of-100,000", "heads-that-differ", "name-with-nul"}
LARGE = {"field-of-a-gigabyte", "gigabyte-of-nothing", "268,000,000-empty-rows"}  # of the released program only
