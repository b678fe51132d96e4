"""A ledger of one region in a folder of its own, and its files read once more without the program, for the tests beside this."""
import csv
import dataclasses
import datetime
import json
import os
import pathlib
import subprocess
import tempfile
import unicodedata

import openpyxl

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PACK = SOURCE / "scripts/regions/ganzhou"
SAMPLES = PACK / "samples"
COHORT, DAY = "HZZG-2", "2025-12-31"

@dataclasses.dataclass(frozen=True)
class Region:
    name: str
    scope: str   # of its annual report
    day: str = DAY
    since: str = "2025-01-01"
    report: str = "annual"

    @property
    def pack(self):
        return SOURCE / "scripts/regions" / self.name

    @property
    def samples(self):
        return self.pack / "samples"

    @property
    def files(self):
        """What is sent, in the order in which it comes: (file, adapter or None)."""
        lines = (self.samples / "order.txt").read_text(encoding="utf-8").splitlines()
        sent = (line.split() for line in lines if line and not line.startswith("#"))
        return [(file, options[1] if options else None) for file, *options in sent]


GANZHOU = Region("ganzhou", COHORT)
FILES = GANZHOU.files


class Failed(Exception):
    pass


class Ledger:
    def __init__(self, program, region=GANZHOU):
        self.program, self.region = os.path.abspath(program), region
        self.folder = tempfile.TemporaryDirectory(prefix="region-")
        self.variables = {**os.environ, "HONGZHU_LEDGER": os.path.join(self.folder.name, "hongzhu.db"), "LC_ALL": "C.UTF-8",
                          "HONGZHU_LANG": "zh"}
        self.run("init")
        self.use()

    def use(self):
        self.run("pack", "use", str(self.region.pack), "--from", self.region.since)

    def run(self, *words):
        done = subprocess.run([self.program, *words], env=self.variables, cwd=self.folder.name, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            raise Failed(f"hongzhu {' '.join(words)}: exit {done.returncode}\n{done.stderr.decode()}")
        return done.stdout

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))

    def bring(self, files=None):
        for name, adapter in self.region.files if files is None else files:
            self.run("import", str(self.region.samples / name), *(("--adapter", adapter) if adapter else ()))

    def report(self, *more):
        """The bytes of the page."""
        page = os.path.join(self.folder.name, "annual.html")
        self.run("report", self.region.report, self.region.scope, "--on", self.region.day, "--output", page, *more)
        with open(page, "rb") as file:
            return file.read()


class Checks:
    """Counts what is checked, in the words that tests/count.py reads."""

    def __init__(self):
        self.failed = 0

    def same(self, what, wanted, found):
        print(f"[ RUN      ] {what}", flush=True)
        if wanted == found:
            print(f"[       OK ] {what}", flush=True)
            return
        self.failed += 1
        print(f"wanted {wanted!r}\nfound  {found!r}\n[  FAILED  ] {what}", flush=True)


# ---- the files, read without the program ----

def text(cell):
    """A cell as the readers give it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)


def sheet(region, file, name, header):
    """Rows of a workbook as {column: text}, by file, sheet and row number."""
    table = openpyxl.load_workbook(region.samples / file)[name]
    titles = [text(cell) for cell in next(table.iter_rows(min_row=header, max_row=header, values_only=True))]
    rows = table.iter_rows(min_row=header + 1, values_only=True)
    return {(file, name, header + 1 + at): dict(zip(titles, map(text, row))) for at, row in enumerate(rows)}


def lines(region, file, encoding, separator=","):
    with open(region.samples / file, encoding=encoding, newline="") as source:
        titles, *rows = csv.reader(source, delimiter=separator)
    return {(file, None, at): dict(zip(titles, row)) for at, row in enumerate(rows, 2)}


def only(rows, **wanted):
    return {at: row for at, row in rows.items() if all(row[column] == value for column, value in wanted.items())}


def plain(words):
    return unicodedata.normalize("NFKC", words)


def different(rows, column):
    return len({plain(row[column]) for row in rows.values()})


# ---- what the program traces ----

def rows_of(traced):
    """The rows that a trace lists, those of its parts included."""
    return traced.get("list", []) + [row for part in traced.get("parts", []) for row in rows_of(part)]


def place(row):
    return row["file"], row.get("sheet"), row["row"]


def places(traced):
    return {place(row) for row in rows_of(traced)}


def cells(row):
    """Without the empty cells at the end, which a reader may leave out."""
    found = [cell or "" for cell in row]
    while found and not found[-1]:
        found.pop()
    return found


def table(blocks, title):
    """A table of figures by group: {group: text}, without its total."""
    rows = next(block["rows"] for block in blocks if block.get("text") == title)
    return {row[0]["text"]: row[1]["text"] for row in rows if row[0]["text"] != "合计"}


def check_figures(ledger, check, printed, figures):
    """figures: {name: (as printed, or None, unit, the rows behind it, what counting them gives, the number wanted)}"""
    for name, (published, unit, rows, counted, wanted) in figures.items():
        check.same(f"{name}: its rows in the files make {wanted}", wanted, counted)
        if published is not None:
            check.same(f"{name}: printed as published", (published, unit),
                       (printed[name]["value"], printed[name]["unit"]) if name in printed else "nowhere")
        traced = ledger.json("trace", name, ledger.region.scope, "--on", ledger.region.day, "--detail", "full")
        check.same(f"{name}: traced number", (str(wanted), unit), (traced["value"], traced["unit"]))
        check.same(f"{name}: traced to exactly its rows", set(rows), places(traced))
        wrong = [place(row) for row in rows_of(traced) if cells(row["cells"]) != cells(rows.get(place(row), {}).values())]
        check.same(f"{name}: each row with its own text", [], wrong)


def check_doubled(ledger, check, doubled):
    """doubled: {file: (encoding, figure)}. A row of the file that is there twice is one participation: the figure stays as it was."""
    for file, (encoding, name) in doubled.items():
        def traced(figure=name):
            return ledger.json("trace", figure, ledger.region.scope, "--on", ledger.region.day)["value"]

        before, copy = traced(), pathlib.Path(ledger.folder.name) / file
        rows = (ledger.region.samples / file).read_text(encoding=encoding).splitlines()
        copy.write_text("\n".join([*rows, rows[-1], ""]), encoding=encoding)
        new = ledger.json("import", str(copy))
        check.same(f"{file} with a row twice: counted once in {name}", before, traced())
        if new["imports"][-1].get("import"):
            ledger.run("undo", str(new["imports"][-1]["import"]))


def standing(ledger):
    """The imports of files that are not undone."""
    log = ledger.json("log")["log"]
    undone = {row["undoes"] for row in log if row.get("kind") == "undo"}
    return [row for row in log if row.get("kind") == "import" and row["import"] not in undone]


def check_history(ledger, check, again=lambda: None, only_of=None):
    """Each import (of these files) undone, with those resting on it, and brought again: the report is the same, byte for byte."""
    before = ledger.report()
    first = [row for row in standing(ledger) if not only_of or row["file"] in only_of]
    for wanted in first:
        now = [row["import"] for row in standing(ledger) if (row["file"], row["adapter"]) == (wanted["file"], wanted["adapter"])][-1]
        ledger.run("undo", str(now), "--with-later")
        gone = ledger.report()
        left = {(row["file"], adapter) for row in standing(ledger) for adapter in (row["adapter"], None)}
        ledger.bring([file for file in ledger.region.files if file not in left])
        again()
        what = f"{wanted['file']} by {wanted['adapter']}"
        check.same(f"without {what} the report is another", True, gone != before)
        check.same(f"{what} undone and brought again: the same report", True, ledger.report() == before)
