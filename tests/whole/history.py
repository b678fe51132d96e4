#!/usr/bin/env python3
"""The promises of the ledger, tried on the whole program with the files of ganzhou.

- Undoing any import, with those resting on it, and repeating them leaves every report as it was, byte for byte.
- A report issued before ten later imports is computed again byte for byte; so is one issued before an undo.
- The same file again changes nothing; a corrected file changes what differs, and its undo brings the old state back.

usage: history.py --program HONGZHU --source TREE [--quick]
Prints a line per promise tried; the last line is `N passed, N failed`.
"""
import argparse
import json
import os
import tempfile

from whole import Whole, finish

DAY = "2025-12-31"
IMPORTS = [("roster.xlsx", None), ("confirmations.xlsx", None), ("observations.csv", None)]
IMPORTS += [(f"meeting-{n}.xlsx", None) for n in range(1, 7)]
IMPORTS += [("results.xlsx", "reports"), ("results.xlsx", "videos"), ("applications.csv", None), ("viewers.csv", None)]
REPORTS = [("html", "zh", []), ("csv", "en", ["--exact"]), ("text", "zh", [])]


class Region(Whole):
    @property
    def pack(self):
        return os.path.join(self.source, "scripts", "regions", "ganzhou")

    def use(self):
        self.run("pack", "use", self.pack, "--from", "2025-01-01")

    def bring(self, name, adapter):
        words = ["import", os.path.join(self.pack, "samples", name)]
        if adapter:
            words += ["--adapter", adapter]
        self.run(*words)

    def log(self):
        return [entry for entry in json.loads(self.run("log", "--json"))["log"] if "import" in entry]

    def content(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def reports(self, people=True):
        made = []
        for kind, language, more in REPORTS:
            self.run("report", "annual", "--on", DAY, "--format", kind, "--lang", language, "--output", "made", *more)
            made.append(self.content("made"))
            os.remove(self.path("made"))
        if people:
            made.append(self.run("explain", "T06", "--on", DAY, "--all", "--lang", "zh"))
        return made


def build(whole):
    whole.run("init")
    whole.use()
    for name, adapter in IMPORTS:
        whole.bring(name, adapter)


def undo_and_repeat(whole, quick):
    before = whole.reports()
    first = whole.log()
    chosen = [row["import"] for row in first]
    if quick:
        chosen = [chosen[0], chosen[2], chosen[4], chosen[-1]]
    # the imports at hand change with every turn: they are found by file and adapter
    for position in chosen:
        row = first[position - 1]
        current = [r["import"] for r in whole.log() if (r.get("file"), r.get("adapter")) == (row["file"], row.get("adapter"))
                   and r["kind"] == row["kind"]][-1]
        whole.run("undo", str(current), "--with-later")
        gone = whole.reports(people=row["file"] not in ("roster.xlsx",)) if row["kind"] != "entry" else None
        if row["kind"] == "entry":
            whole.use()
        for name, adapter in IMPORTS:
            whole.bring(name, adapter)
        whole.check(f"undo of {row['file']} ({row.get('adapter') or 'entries'}) and repeating it leaves every report as it was",
                    whole.reports() == before)
        if gone is not None and row["file"] != "applications.csv":
            whole.check(f"without {row['file']} the report is another one", gone != before)
    return before


def undo_of_undo(whole, before):
    target = [r["import"] for r in whole.log() if r.get("file") == "observations.csv"][-1]
    whole.run("undo", str(target), "--with-later")
    whole.run("undo", str(whole.log()[-1]["import"]))
    whole.check("undoing the undo leaves every report as it was", whole.reports() == before)


def issue_again(whole):
    """Issued after the roster, computed again after all that came later."""
    whole.run("init")
    whole.use()
    whole.bring(*IMPORTS[0])
    whole.bring(*IMPORTS[1])
    for kind, language, more in REPORTS:
        whole.run("report", "annual", "--on", DAY, "--format", kind, "--lang", language, "--output", f"issued.{kind}", "--issue", *more)
    for name, adapter in IMPORTS[2:]:
        whole.bring(name, adapter)
    later = len(whole.log()) - 4
    whole.check(f"{later} imports came after the report was issued", later >= 10)
    for number, (kind, _, _) in enumerate(REPORTS, start=1):
        whole.run("report", "--again", str(number), "--output", f"again.{kind}")
        whole.check(f"the {kind} report issued before them is computed again byte for byte",
                    whole.content(f"issued.{kind}") == whole.content(f"again.{kind}"))
    target = [r["import"] for r in whole.log() if r.get("file") == "roster.xlsx"][-1]
    whole.run("undo", str(target), "--with-later")
    whole.run("report", "--again", "1", "--output", "again.html")
    whole.check("so it is after the roster itself was undone", whole.content("issued.html") == whole.content("again.html"))
    whole.check("verify finds nothing wrong", whole.ended("verify").returncode == 0)


def same_file_again(whole, before):
    for name, adapter in (IMPORTS[0], IMPORTS[-1]):
        count = len(whole.log())
        whole.bring(name, adapter)
        fresh = whole.log()[count:]
        changes = sum(row["opened"] + row["closed"] for row in fresh)
        whole.check(f"{name} again: no change", changes == 0 and whole.reports() == before)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    options.add_argument("--source", required=True)
    options.add_argument("--quick", action="store_true", help="four of the imports instead of all")
    given = options.parse_args()
    wholes = []
    for part in ("history", "issue"):
        with tempfile.TemporaryDirectory() as folder:
            whole = Region(given.program, given.source, folder)
            wholes.append(whole)
            if part == "history":
                build(whole)
                before = whole.reports()
                same_file_again(whole, before)
                before = undo_and_repeat(whole, given.quick)
                undo_of_undo(whole, before)
                whole.check("verify finds nothing wrong after all of it", whole.ended("verify").returncode == 0)
            else:
                issue_again(whole)
    finish(*wholes)


if __name__ == "__main__":
    main()
