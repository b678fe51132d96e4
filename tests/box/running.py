#!/usr/bin/env python3
"""Functions that a pack keeps, attacking while they run: `each` during an import, `decide` during evaluate and `body` during a report. Each
costs one message, the ledger stays as it was, no process and no file is left.

usage: running.py --program HONGZHU --source TREE
"""
import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from tally import tally  # noqa: E402

DEEDS = {
    "loop": ("while true do end", "was stopped after 5 seconds of computing"),
    "memory": ("local t = {} while true do t[#t + 1] = (\"x\"):rep(100000) .. #t end", "256 MiB"),
    "recursion": ("local function f() return 1 + f() end f()", "stack overflow"),
    "error": ("error({ \"x\" })", "an error that is a table"),
    "terminal": ("error(\"\\27[2J\\7\")", "the script failed"),
}
EACH = """return adapter { id = "visits", reader = "csv", key = { "person", "since" }, adds = { "人" },
  organization = column "学校", person = { code = column "人" }, record = { kind = "visit", on = day "日期", amount = amount "时长" },
  each = function(row, put) DEED end }
"""
DECIDE = """return rule { id = "attacks", of = "organization", title = { zh = "试", en = "attacks" },
  needs = { { "done", zh = "完成", en = "done", unit = "分钟" } }, decide = function(case) DEED end }
"""
BODY = """return report { id = "attacks", of = "organization", title = { zh = "试", en = "attacks" }, body = function(r) DEED end }
"""


class Running:
    def __init__(self, program, source, folder):
        self.program, self.folder = program, folder
        self.sample = os.path.join(source, "tests", "told", "files", "each-pack")
        self.tried = self.held = 0

    def run(self, *words):
        environment = dict(os.environ, HONGZHU_LEDGER="hongzhu.db", LC_ALL="C.UTF-8", TMPDIR=self.folder, HOME=self.folder)
        done = subprocess.run([self.program, *words, "--lang", "en"], cwd=self.folder, env=environment, timeout=100,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def must(self, *words):
        code, text = self.run(*words)
        if code != 0:
            sys.exit(f"hongzhu {' '.join(words)}: exit {code}\n{text}")

    def says(self):
        base = sqlite3.connect(f"file:{self.folder}/hongzhu.db?mode=ro", uri=True)
        told = [repr(row) for row in base.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")]
        for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            told += [repr(row) for row in base.execute(f'SELECT * FROM "{name}"')]
        base.close()
        return told

    def names(self):
        """Files that are there; those of SQLite come and go with a reader."""
        return sorted(n for n in os.listdir(self.folder) if not n.endswith(("-wal", "-shm", ".subjects", ".access")))

    def attack(self, where, deed):
        body, told = DEEDS[deed]
        for name in os.listdir(self.folder):
            path = os.path.join(self.folder, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        pack = os.path.join(self.folder, "pack")
        shutil.copytree(self.sample, pack)
        if where == "each":
            shutil.rmtree(os.path.join(pack, "adapters"))
        text = {"each": EACH, "decide": DECIDE, "body": BODY}[where].replace("DEED", body)
        with open(os.path.join(pack, "z_attack.lua"), "w", encoding="utf-8") as file:
            file.write(text)
        with open(os.path.join(self.folder, "visits.csv"), "w", encoding="utf-8") as file:
            file.write("学校,日期,人,时长\n第一小学,2025-03-01,T01,40\n")
        self.must("init")
        self.must("pack", "use", "pack", "--from", "2018-01-01")
        before, files = self.says(), self.names()
        words = {"each": ["import", "visits.csv", "--adapter", "visits"],
                 "decide": ["evaluate", "--on", "2025-12-31"],
                 "body": ["report", "attacks", "S1", "--on", "2025-12-31", "--format", "text", "--output", "out.txt"]}[where]
        code, text = self.run(*words)
        wrong = []
        if code == 0 or told not in text:
            wrong.append(f"exit {code}, not told: {told}")
        if text.count("error: ") != 1:
            wrong.append(f"{text.count('error: ')} messages")
        if any(ord(c) < 0x20 and c != "\n" for c in text):
            wrong.append("control characters reached the terminal")
        if self.says() != before:
            wrong.append("the ledger was changed")
        if self.names() != files:
            wrong.append(f"files: {self.names()} instead of {files}")
        self.tried, self.held = self.tried + 1, self.held + (not wrong)
        print(f"[ RUN      ] box: {deed} in {where}\n[  {'FAILED  ' if wrong else '     OK '}] box: {deed} in {where}", flush=True)
        if wrong:
            print("\n".join(wrong) + "\n" + text[:1500])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--source", required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        r = Running(os.path.abspath(given.program), os.path.abspath(given.source), folder)
        for where in ("each", "decide", "body"):
            for deed in DEEDS:
                r.attack(where, deed)
    tally("box_running", "scripts: attacks in each, decide, body", r.tried, r.held)
    print(f"{r.tried} tried, {r.held} contained")
    return 0 if r.tried == r.held else 1


if __name__ == "__main__":
    sys.exit(main())
