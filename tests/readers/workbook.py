"""Workbooks for tests, made part by part, so that a test can make any of them wrong."""
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DAY = (1980, 1, 1, 0, 0, 0)


def archive(entries, stored=False):
    """entries: (name, text or bytes) in order; a name may stand twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in entries:
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()


def links(rows, base=LINKS):
    body = "".join(f'<Relationship Id={quoteattr(i)} Type="{base}/{kind}" Target={quoteattr(target)}/>'
                   for i, kind, target in rows)
    return f'{HEAD}<Relationships xmlns="{PACKAGE_LINKS}">{body}</Relationships>'


def sheet(rows, after="", main=MAIN):
    """rows: what stands in <sheetData>."""
    return f'{HEAD}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def merged(*ranges):
    return f'<mergeCells count="{len(ranges)}">' + "".join(f'<mergeCell ref="{r}"/>' for r in ranges) + "</mergeCells>"


def shared(*items):
    """items: the inside of each <si>."""
    return f'{HEAD}<sst xmlns="{MAIN}">' + "".join(f"<si>{item}</si>" for item in items) + "</sst>"


def styles(*formats):
    """A cell style for each format: a number of a built-in one, or a code."""
    own = {code: 164 + i for i, code in enumerate(f for f in formats if isinstance(f, str))}
    declared = "".join(f'<numFmt numFmtId="{i}" formatCode={quoteattr(code)}/>' for code, i in own.items())
    used = "".join(f'<xf numFmtId="{own.get(f, f)}" xfId="0"/>' for f in formats)
    return (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{declared}</numFmts>'
            f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>')


def parts(sheets, strings=None, formats=None, properties="", states=None, main=MAIN, base=LINKS):
    """The entries of a workbook; sheets: (name, text of the part)."""
    rows = [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    if strings is not None:
        rows.append(("rIdS", "sharedStrings", "sharedStrings.xml"))
    if formats is not None:
        rows.append(("rIdF", "styles", "styles.xml"))
    tabs = "".join(f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"'
                   + (f' state="{states[name]}"' if states and name in states else "") + "/>"
                   for i, (name, _) in enumerate(sheets, 1))
    entries = [
        ("[Content_Types].xml", HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", links([("rId1", "officeDocument", "xl/workbook.xml")], base)),
        ("xl/workbook.xml", f'{HEAD}<workbook xmlns="{main}" xmlns:r="{base}">{properties}<sheets>{tabs}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", links(rows, base)),
    ]
    if strings is not None:
        entries.append(("xl/sharedStrings.xml", strings))
    if formats is not None:
        entries.append(("xl/styles.xml", formats))
    entries += [(f"xl/worksheets/sheet{i}.xml", text) for i, (_, text) in enumerate(sheets, 1)]
    return entries


def book(rows, after="", **more):
    """A workbook of one sheet."""
    return archive(parts([("Sheet1", sheet(rows, after))], **more))


def row(number, *cells):
    """A row of inline texts; None leaves a cell out."""
    body = ""
    for column, text in enumerate(cells):
        if text is not None:
            body += f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    return f'<row r="{number}">{body}</row>'


def replaced(entries, name, data):
    """The entries with one of another content, or without it (None)."""
    return [(n, data if n == name else d) for n, d in entries if n != name or data is not None]
