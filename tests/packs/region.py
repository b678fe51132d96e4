"""A ledger of the region ganzhou in a folder of its own, for the tests beside this file."""
import json
import os
import pathlib
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PACK = SOURCE / "scripts/regions/ganzhou"
SAMPLES = PACK / "samples"
COHORT, DAY = "HZZG-2", "2025-12-31"

# What is sent, in the order in which it comes, with the adapter where a file serves two.
FILES = [("roster.xlsx", None), ("confirmations.xlsx", None), ("observations.csv", None),
         *((f"meeting-{number}.xlsx", None) for number in range(1, 7)),
         ("results.xlsx", "reports"), ("results.xlsx", "videos"), ("applications.csv", None), ("viewers.csv", None)]


class Failed(Exception):
    pass


class Ledger:
    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.folder = tempfile.TemporaryDirectory(prefix="region-")
        self.variables = {**os.environ, "HONGZHU_LEDGER": os.path.join(self.folder.name, "hongzhu.db"), "LC_ALL": "C.UTF-8",
                          "HONGZHU_LANG": "zh"}
        self.run("init")
        self.use()

    def use(self):
        self.run("pack", "use", str(PACK), "--from", "2025-01-01")

    def run(self, *words):
        done = subprocess.run([self.program, *words], env=self.variables, cwd=self.folder.name, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            raise Failed(f"hongzhu {' '.join(words)}: exit {done.returncode}\n{done.stderr.decode()}")
        return done.stdout

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))

    def bring(self, files=None):
        for name, adapter in FILES if files is None else files:
            self.run("import", str(SAMPLES / name), *(("--adapter", adapter) if adapter else ()))

    def report(self, *more):
        """The bytes of the page."""
        page = os.path.join(self.folder.name, "annual.html")
        self.run("report", "annual", COHORT, "--on", DAY, "--output", page, *more)
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
