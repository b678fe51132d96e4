#!/usr/bin/env python3
"""What a backup promises, tried on the whole program.

- A backup made while an import runs is of one moment: before it or after it, verified, and the import is not hindered.
- A backup that was cut off or in which a byte was changed is refused, or restores to the very same ledger (where the byte
  says nothing, as the time of an entry does).
- A killed backup leaves no file under its name that is not whole; a killed restore no ledger that is not; the next one
  works and sweeps away what was left.

usage: backup.py --program HONGZHU --source TREE [--quick]
"""
import argparse
import glob
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from tally import tally  # noqa: E402


class Tried:
    def __init__(self, program, source, folder, quick):
        self.program, self.source, self.folder, self.quick = program, source, folder, quick
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", HONGZHU_LANG="en")
        self.environment.pop("HONGZHU_LEDGER", None)
        self.failed = 0

    def start(self, *words):
        return subprocess.Popen([self.program, *words], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)

    def run(self, *words):
        process = self.start(*words)
        said = process.communicate()[0].decode("utf-8", "replace")
        return process.returncode, said

    def must(self, *words):
        code, said = self.run(*words)
        if code != 0:
            sys.exit(f"hongzhu {' '.join(words)}: exit {code}\n{said}")
        return said

    def path(self, name):
        return os.path.join(self.folder, name)

    def remove(self, name):
        for found in glob.glob(self.path(name) + "*"):
            subprocess.run(["rm", "-rf", found], check=True)

    def verdict(self, what, wrong, tried=None, group=None):
        """Says how it went; counts what was tried where tests/counts adds up."""
        print(f"[ RUN      ] {what}")
        for line in wrong[:5]:
            print(line)
        print(f"[{'  FAILED  ' if wrong else '       OK '}] {what}", flush=True)
        self.failed += bool(wrong)
        if group:
            tally("backup", group, tried, max(0, tried - len(wrong)))

    def content(self, name):
        """What a restored ledger is: the bytes of the database and the names and bytes of the kept files."""
        digest = hashlib.sha256()
        for file in [self.path(name), *sorted(glob.glob(self.path(name) + ".files/*"))]:
            with open(file, "rb") as opened:
                digest.update(os.path.basename(file).replace(name, "").encode() + opened.read())
        return digest.hexdigest()

    def prepare(self):
        samples = os.path.join(self.source, "scripts/regions/ganzhou/samples")
        self.must("init")
        self.must("pack", "use", os.path.join(self.source, "scripts/regions/ganzhou"), "--from", "2025-01-01")
        self.must("import", os.path.join(samples, "roster.xlsx"))
        with open(os.path.join(samples, "observations.csv"), "rb") as file:
            title = file.readline()
        lessons = 4000 if self.quick else 40000
        with open(self.path("many.csv"), "wb") as file:
            file.write(title)
            for number in range(lessons):
                day = f"2025-{number % 12 + 1:02}-{number // 12 % 28 + 1:02}"
                file.write(f"T{number % 10 + 1:02},{day},{number},北理工附小,数学,研讨课\n".encode("gb18030"))

    # ---- the promises ----

    def while_importing(self):
        wrong, seen = [], set()
        writer = self.start("import", "many.csv")
        made = []
        while writer.poll() is None or not made:
            name = f"during-{len(made)}.zip"
            code, said = self.run("backup", name)
            if code:
                wrong.append(f"backup {len(made)} while an import runs: {said}")
            made.append(name)
        if writer.returncode != 0:
            wrong.append(f"the import: {writer.communicate()[0].decode()}")
        for name in made[:1] + made[-1:]:
            code, said = self.run("restore", name, "--ledger", "during.db")
            if code:
                wrong.append(f"{name}: {said}")
            seen.add(self.run("log", "--kind", "import", "--json", "--ledger", "during.db")[1].count('"import":'))
            self.remove("during.db")
        if not seen <= {1, 2}:
            wrong.append(f"a backup holds half an import: {seen}")
        self.verdict(f"a backup while an import runs is of one moment ({len(made)} made)", wrong)

    def changed(self):
        self.must("undo", "4")
        self.must("backup", "good.zip", "--with-key")
        with open(self.path("good.zip"), "rb") as file:
            good = file.read()
        self.must("restore", "good.zip", "--ledger", "good.db")
        expected = self.content("good.db")
        choose = random.Random(20250321)
        count = 15 if self.quick else 60
        places = [choose.randrange(len(good)) for _ in range(count)] + [len(good) - 1 - n for n in range(0, 60, 60 // count + 2)]
        cuts = [choose.randrange(len(good)) for _ in range(count // 3)] + [0, 1, len(good) - 1]
        tries = [(f"byte {at}", good[:at] + bytes([good[at] ^ 0x41]) + good[at + 1:]) for at in places]
        tries += [(f"cut to {size}", good[:size]) for size in cuts]
        wrong, refused = [], 0
        for what, text in tries:
            with open(self.path("bad.zip"), "wb") as file:
                file.write(text)
            code, said = self.run("restore", "bad.zip", "--ledger", "bad.db")
            left = [name for name in os.listdir(self.folder) if name.startswith(("bad.db", ".restore-"))]
            if code == 0 and self.content("bad.db") == expected:
                self.remove("bad.db")
            elif code in (3, 4) and "error: " in said and not left:
                refused += 1
            else:
                wrong.append(f"{what}: exit {code}, left {left}: {said}")
                self.remove("bad.db")
        self.verdict(f"a changed or cut backup is refused or says the same ({refused} refused)", wrong, len(tries),
                     "changed or cut off")

    def times(self, *words):
        began = time.monotonic()
        self.must(*words)
        return time.monotonic() - began

    def killed(self):
        count = 8 if self.quick else 40
        choose, wrong = random.Random(7), []
        takes = self.times("backup", "timed.zip")
        for number in range(count):
            process = self.start("backup", "killed.zip")
            time.sleep(choose.random() * takes * 1.1)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            if os.path.lexists(self.path("killed.zip")):
                code, said = self.run("restore", "killed.zip", "--ledger", "killed.db")
                if code:
                    wrong.append(f"{number}: a backup that is not whole: {said}")
                self.remove("killed.db")
                self.remove("killed.zip")
        self.must("backup", "after.zip")
        left = glob.glob(self.path(".backup-*"))
        self.verdict("a killed backup leaves nothing half, and the next sweeps up", wrong + left, count, "killed while it is made")
        wrong = []
        takes = self.times("restore", "good.zip", "--ledger", "timed.db")
        expected = self.content("timed.db")
        for number in range(count):
            process = self.start("restore", "good.zip", "--ledger", "killed.db")
            time.sleep(choose.random() * takes * 1.1)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            if not os.path.lexists(self.path("killed.db")):
                code, said = self.run("restore", "good.zip", "--ledger", "killed.db")
                if code:
                    wrong.append(f"{number}: a restore after one that was killed: {said}")
            if self.content("killed.db") != expected or self.run("verify", "--ledger", "killed.db")[0]:
                wrong.append(f"{number}: the restored ledger is another")
            self.remove("killed.db")
        self.must("restore", "good.zip", "--ledger", "after.db")
        left = glob.glob(self.path(".restore-*"))
        self.verdict("a killed restore leaves nothing half, and can be repeated", wrong + left, count, "killed while it is restored")


def main():
    parser = argparse.ArgumentParser(description="what a backup promises")
    parser.add_argument("--program", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--quick", action="store_true", help="fewer of everything, for a slow build")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backup-") as folder:
        tried = Tried(os.path.abspath(given.program), given.source, folder, given.quick)
        tried.prepare()
        tried.while_importing()
        tried.changed()
        tried.killed()
    return 1 if tried.failed else 0


if __name__ == "__main__":
    sys.exit(main())
