#!/usr/bin/env python3
"""Files made by others: corpora.py HARNESS CSV_PLUGIN XLSX_PLUGIN FOLDER.

FOLDER (or HONGZHU_CORPORA, which comes first) holds topics, each with a MANIFEST.tsv: path, sha256, bytes, expectation. A
topic that is not there is skipped, and that is said. Every case prints what came of it. What deviates from its expectation
stands in deviations.tsv with the outcome and the reason; a case that stands there and no longer deviates fails too.

Oracles are independent of the readers: the twin files of the corpora, Python's csv, and a plain reading of the XML.
"""
import csv
import hashlib
import io
import json
import os
import posixpath
import re
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

import check

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = re.compile(r"\{[^}]*spreadsheetml[^}]*main\}")


class Deviates(Exception):
    """The outcome is another than the expectation asks for: REFUSED, READ or OTHER."""

    def __init__(self, outcome, what):
        super().__init__(what)
        self.outcome = outcome


class Skipped(Exception):
    pass


class Corpora:
    def __init__(self, harness, plugins, folder):
        self.harness, self.plugins, self.folder = harness, plugins, folder
        self.scratch = tempfile.TemporaryDirectory()

    def path(self, name):
        return os.path.join(self.folder, name)

    def bytes(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def text(self, name):
        return self.bytes(name).decode()

    def read(self, reader, path, *options):
        """(rows as (sheet, row, cells), error or None)"""
        rows, error = [], None
        for line in check.run(self.harness, self.plugins[reader], path, *options):
            if "broken" in line:
                raise AssertionError(line["broken"])
            if "fail" in line:
                error = line["fail"]
                if not error["zh"] or not error["en"]:
                    raise AssertionError("an error without words")
            elif "cells" in line:
                rows.append((line["sheet"], line["row"], line["cells"]))
        return rows, error

    def read_text(self, text, *options):
        path = os.path.join(self.scratch.name, "text.csv")
        with open(path, "wb") as file:
            file.write(text.encode())
        return self.read("csv", path, *options)

    def accepted(self, reader, name, *options):
        rows, error = self.read(reader, self.path(name), *options)
        if error:
            raise Deviates("REFUSED", f"row {error['row']}: {error['en']}")
        return rows


def same(have, want):
    if have == want:
        return
    for i in range(max(len(have), len(want))):
        a, b = have[i] if i < len(have) else None, want[i] if i < len(want) else None
        if a != b:
            raise Deviates("OTHER", f"row {i + 1}: wanted {str(b)[:200]}, got {str(a)[:200]}")


def filled(cells):
    return [cell or "" for cell in cells]


def by_python(text, separator):
    """Rows as Python's csv reads them, empty ones left out."""
    csv.field_size_limit(1 << 24)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(row)]


# ---- csv ----

def spectrum(c, name, expectation):
    oracle = re.search(r"rows == (\S+)", expectation).group(1)
    objects = json.loads(c.text(oracle))
    rows = [filled(cells) for _, _, cells in c.accepted("csv", name)]
    same(rows[:1], [list(objects[0])])
    same(rows[1:], [list(o.values()) for o in objects])


SEPARATORS = {"big_header": "\t"}


def duckdb(c, name, _expectation):
    rows = [filled(cells) for _, _, cells in c.accepted("csv", name)]
    stem = os.path.basename(name).split(".")[0]
    text = c.text(name)
    first = text.split("\n", 1)[0]
    separator = SEPARATORS.get(stem, "|" if "|" in first and "," not in first else ",")
    same(rows, by_python(text, separator))


def duckdb_encoding(c, name, _expectation):
    encodings = {"latin1": "latin1", "utf16": "utf-16", "shift_jis": "shift_jis"}
    encoding = next(value for key, value in encodings.items() if os.path.basename(name).endswith(key + ".csv"))
    rows = [filled(cells) for _, _, cells in c.accepted("csv", name, *(["encoding=latin1"] if encoding == "latin1" else []))]
    data = c.bytes(name)
    text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-16le" if encoding == "utf-16" else encoding)
    same(rows, by_python(text, ","))


def papaparse(c, case):
    if case.get("uses_function"):
        raise Skipped("uses a function")
    config, options = case.get("config") or {}, []
    if isinstance(config.get("comments"), str):
        options.append("comment=" + config["comments"])
    elif config.get("comments") is True:
        options.append("comment=#")
    if config.get("delimiter"):
        options.append("separator=" + config["delimiter"])
    if config.get("preview"):
        options.append(f"--stop-after={config['preview']}")
    rows, error = c.read_text(case["input"], *options)
    expected = case["expected"]
    if error and not expected["errors"]:
        raise Deviates("REFUSED", error["en"])
    if expected["errors"]:
        if not error:
            raise Deviates("READ", "no error")
        return
    same([filled(cells) for _, _, cells in rows], [row for row in expected["data"] if any(row)])


def papaparse_cases(c, name):
    for number, line in enumerate(c.text(name).splitlines(), 1):
        case = json.loads(line)
        yield f"papaparse:{number} {case['description']}", lambda case=case: papaparse(c, case)


# ---- encodings ----

OFFERED = {"gb2312": "gb18030", "gbk": "gbk", "gb18030": "gb18030", "big5": "big5", "big5hkscs": "big5-hkscs"}


def as_lines(rows):
    return [(row, cells[0]) for _, row, cells in rows]


def decode(c, name, expectation):
    twin = posixpath.join(posixpath.dirname(name), re.search(r"result == (\S+)", expectation).group(1))
    encoding = OFFERED.get(os.path.basename(name).split(".")[0], "auto")
    rows = c.accepted("csv", name, f"encoding={encoding}", "separator=tab", "quote=none")
    want = [(i, line) for i, line in enumerate(c.text(twin).splitlines(), 1) if line]
    same(as_lines(rows), want)


def found_by_itself(c, name, expectation):
    """Without a word about the encoding: the same text, or a refusal; never another text."""
    twin = posixpath.join(posixpath.dirname(name), re.search(r"result == (\S+)", expectation).group(1))
    rows, error = c.read("csv", c.path(name), "separator=tab", "quote=none")
    if not error:
        same(as_lines(rows), [(i, line) for i, line in enumerate(c.text(twin).splitlines(), 1) if line])


# ---- workbooks ----

def strip_space(element):
    keep = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    text = element.text or ""
    return text if keep else text.strip(" \t\r\n")


def plain_text(element):
    return "".join(strip_space(t) for child in element for t in ([child] if child.tag == "t" else child if child.tag == "r" else [])
                   if t.tag == "t")


def part(archive, name):
    names = {n.lower(): n for n in archive.namelist()}
    root = xml.fromstring(archive.read(names[name.lstrip("/").lower()]))
    for element in root.iter():
        element.tag = MAIN.sub("", element.tag)
    return root


def place(reference):
    """(row, column) of "BC12"."""
    letters, digits = re.match("([A-Z]+)([0-9]+)$", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def fill(rows, ranges):
    """Merged ranges: the upper left value in each cell of a row that has a value of its own."""
    values = []
    for reference in ranges:
        (top, left), (bottom, right) = (place(end) for end in (reference.split(":") * 2)[:2])
        value = rows.get(top, {}).get(left)
        covered = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left)]
        for r, c in covered:
            rows.get(r, {}).pop(c, None)
        values.append((value, covered))
    for row in [r for r, cells in rows.items() if not any(text for _, text in cells.values())]:
        del rows[row]
    for value, covered in values:
        for r, c in covered:
            if value and value[1] and r in rows:
                rows[r][c] = value


def plain_sheets(path):
    """[(name, {row: {column: (type, text)}})] of the visible sheets: what the XML says, no more."""
    with zipfile.ZipFile(path) as archive:
        def linked(of):
            folder, base = posixpath.split(of)
            return {r.get("Id"): (r.get("Type").rsplit("/", 1)[1], posixpath.normpath(posixpath.join("/" + folder, r.get("Target"))))
                    for r in part(archive, f"{folder}/_rels/{base}.rels")}
        book = next(target for kind, target in linked("").values() if kind == "officeDocument")
        links = linked(book.lstrip("/"))
        shared = [plain_text(si) for kind, target in links.values() if kind == "sharedStrings"
                  for si in part(archive, target) if si.tag == "si"]
        sheets = []
        for tab in part(archive, book).iter("sheet"):
            link = next(v for k, v in tab.attrib.items() if k.endswith("}id"))
            if links[link][0] != "worksheet" or tab.get("state", "visible") != "visible":
                continue
            rows, sheet = {}, part(archive, links[link][1])
            for row in sheet.find("sheetData"):
                column = 0
                for cell in row:
                    column = place(cell.get("r"))[1] if cell.get("r") else column + 1
                    value, inline = cell.find("v"), cell.find("is")
                    kind = cell.get("t", "n")
                    if value is not None:
                        text = shared[int(value.text)] if kind == "s" else value.text or ""
                    elif inline is not None:
                        text = plain_text(inline)
                    else:
                        continue
                    rows.setdefault(int(row.get("r")), {})[column] = (kind, text)
            fill(rows, [m.get("ref") for m in sheet.iter("mergeCell")])
            sheets.append((tab.get("name"), rows))
    return sheets


DAY_OR_TIME = re.compile(r"\d{4}-\d\d(-\d\d)?( \d\d:\d\d:\d\d)?$|-?\d+:\d\d:\d\d$")


def agrees(have, kind, text):
    if kind == "b":
        return have == {"1": "TRUE", "0": "FALSE"}[text]
    if kind == "n":
        if text == "" or have is None:
            return have is None and text == ""
        return bool(DAY_OR_TIME.match(have)) or float(have) == float(f"{float(text):.15g}")
    if kind == "d":
        return have == text.replace("T", " ")
    return (have or "") == text


# What calamine's own tests ask of three files whose values are not in the XML as they are to be read.
KNOWN = {
    "xlsx/calamine/date.xlsx": [["2021-01-01", "15"], ["2021-01-02", "16"], ["255:10:10", "17"]],
    "xlsx/calamine/date_1904.xlsx": [["2021-01-01", "15"], ["2021-01-02", "16"], ["255:10:10", "17"]],
    "xlsx/calamine/merge_cells.xlsx": [["Row Merge", "Row Merge", "Not Merged"],
                                       ["Column Merge", "Chunk Merged", "Chunk Merged", "Chunk Merged"]],
}


def workbook(c, name, _expectation):
    rows = c.accepted("xlsx", name)
    if name in KNOWN:
        same([cells for _, _, cells in rows], KNOWN[name])
        return
    have = {(sheet, row): cells for sheet, row, cells in rows}
    for number, (sheet_name, wanted) in enumerate(plain_sheets(c.path(name)), 1):
        for row, cells in wanted.items():
            given = have.pop((number, row), [])
            for column, (kind, text) in cells.items():
                value = given[column - 1] if column <= len(given) else None
                if not agrees(value, kind, text):
                    raise Deviates("OTHER", f"{sheet_name}, row {row}, column {column}: wanted {kind} {text!r}, got {value!r}")
            for column, value in enumerate(given, 1):
                if value is not None and column not in cells:
                    raise Deviates("OTHER", f"{sheet_name}, row {row}, column {column}: nothing is there, got {value!r}")
    if have:
        raise Deviates("OTHER", f"rows that are not there: {sorted(have)[:5]}")


# ---- archives, given as workbooks ----

def refused(c, name, _expectation):
    rows, error = c.read("xlsx", c.path(name))
    if not error or rows:
        raise Deviates("READ", f"{len(rows)} rows")


def no_workbook(c, name, _expectation):
    """A sound archive is opened, and found to hold no workbook."""
    rows, error = c.read("xlsx", c.path(name))
    if not error or rows:
        raise Deviates("READ", f"{len(rows)} rows")
    if not error["en"].startswith("the archive holds no workbook"):
        raise Deviates("OTHER", error["en"])


# ---- real tables ----

def real(c, name, _expectation):
    rows = [filled(cells) for _, _, cells in c.accepted("csv", name)]
    same(rows, by_python(c.bytes(name).decode("utf-8-sig"), ","))
    twin = name[:-4] + ".json"
    if os.path.exists(c.path(twin)):
        same(rows[1:], [list(o.values()) for o in json.loads(c.text(twin))])


HOW = [
    (r"csv/csv-spectrum/csvs/.*ACCEPT", spectrum),
    (r"csv/duckdb/encodings/.*DECODE", duckdb_encoding),
    (r"csv/duckdb/test/.*ACCEPT", duckdb),
    (r"encoding/.*DECODE", decode),
    (r"xlsx/.*ACCEPT", workbook),
    (r"zip/.*REJECT", refused),
    (r"zip/.*\.zip\tACCEPT", no_workbook),
    (r"(realdata|oneroster)/.*\.csv\tACCEPT", real),
]


def cases(c, topic):
    for line in c.text(f"{topic}/MANIFEST.tsv").splitlines()[1:]:
        name, digest, _size, expectation = line.split("\t")
        for pattern, function in HOW:
            if re.match(pattern, f"{name}\t{expectation}"):
                def run(name=name, digest=digest, expectation=expectation, function=function):
                    if hashlib.sha256(c.bytes(name)).hexdigest() != digest:
                        raise AssertionError("not the file of the manifest")
                    function(c, name, expectation)
                yield name, run
                if function is decode:
                    yield "auto " + name, lambda name=name, e=expectation: found_by_itself(c, name, e)
                break
        if name.endswith("CORE_PARSER_TESTS.ndjson"):
            yield from papaparse_cases(c, name)


def deviations():
    with open(os.path.join(HERE, "deviations.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return {name: (outcome, reason) for name, outcome, reason in rows}


def main():
    c = Corpora(sys.argv[1], {"csv": sys.argv[2], "xlsx": sys.argv[3]}, os.environ.get("HONGZHU_CORPORA") or sys.argv[4])
    known, seen = deviations(), set()
    sums = {}
    for topic in ("csv", "encoding", "xlsx", "zip", "realdata", "oneroster"):
        if not os.path.exists(c.path(f"{topic}/MANIFEST.tsv")):
            print(f"[ RUN      ] corpora: {topic}\nnot there: {c.path(topic)} (HONGZHU_CORPORA names another folder)\n"
                  f"[  SKIPPED ] corpora: {topic}")
            continue
        count = sums.setdefault(topic, dict.fromkeys(("as expected", "deviations", "skipped", "failed"), 0))
        for name, run in cases(c, topic):
            print(f"[ RUN      ] {name}", flush=True)
            verdict, outcome = "      OK ", None
            try:
                run()
            except Skipped as why:
                print(f"[  SKIPPED ] {name}: {why}")
                count["skipped"] += 1
                continue
            except Deviates as what:
                outcome = what.outcome
                print(f"{what.outcome}: {what}")
            except Exception as problem:  # whatever it is, it is this case's failure
                outcome = "FAILED"
                print(f"{type(problem).__name__}: {problem}")
            seen.add(name)
            expected = known.get(name, (None, ""))
            if outcome != expected[0]:
                verdict = "  FAILED  "
                print(f"deviations.tsv says {expected[0]}" if expected[0] else "deviations.tsv does not know it")
            elif outcome:
                print(f"known: {expected[1]}")
            count["failed" if verdict == "  FAILED  " else "deviations" if outcome else "as expected"] += 1
            print(f"[{verdict}] {name}" if verdict == "  FAILED  " else f"[       OK ] {name}", flush=True)
    for topic, count in sums.items():
        print(f"{topic}: " + ", ".join(f"{n} {what}" for what, n in count.items()))
    missing = [name for name in known if name not in seen and sums and name.split("/")[0].split(" ")[-1] in sums]
    for name in missing:
        print(f"deviations.tsv names a case that is not there: {name}")
    c.scratch.cleanup()
    return 1 if missing or any(count["failed"] for count in sums.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
