#!/usr/bin/env python3
"""A ledger that somebody changed behind the program's back: `verify` finds it, and says what and where.

- a changed value in every column of every table, rows deleted, put in and exchanged
- single bits of the file itself: each is found, or the ledger says what it said before, cell by cell
- the newest entries cut off: nothing inside can tell, the head noted before does
- a file that is foreign, newer, truncated, locked; a kept file changed or gone: one message, exit code 4 or 1

usage: tamper.py --program HONGZHU --source TREE [--quick]
The last line is `N tried, N contained`; with HONGZHU_COUNTS=FOLDER each group is a line in a file there.
"""
import argparse
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from tally import tally  # noqa: E402

IMPORTS = [("roster.xlsx", []), ("confirmations.xlsx", []), ("observations.csv", []), ("meeting-1.xlsx", []),
           ("applications.csv", [])]
FACTS = ("person", "organization", "post", "programme", "cohort", "activity", "enrollment", "record", "relation", "merge")
SEED = 20251231


class Tampering:
    def __init__(self, program, source, folder, quick):
        self.program, self.folder, self.quick = program, folder, quick
        self.pack = os.path.join(source, "scripts", "regions", "ganzhou")
        self.ledger = os.path.join(folder, "hongzhu.db")
        self.environment = dict(os.environ, HONGZHU_LEDGER="hongzhu.db", LC_ALL="C.UTF-8", TZ="UTC")
        self.counts, self.failed = {}, 0

    def run(self, *words):
        done = subprocess.run([self.program, *words, "--lang", "en"], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
                              check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def must(self, *words):
        code, text = self.run(*words)
        if code != 0:
            sys.exit(f"hongzhu {' '.join(words)}: exit {code}\n{text}")
        return text

    def make(self):
        """A ledger with something in every table, closed as a whole into one file."""
        self.must("init")
        self.must("pack", "use", self.pack, "--from", "2025-01-01")
        for name, more in IMPORTS:
            self.must("import", os.path.join(self.pack, "samples", name), *more)
        self.must("undo", "5", "--with-later")
        self.must("import", os.path.join(self.pack, "samples", "meeting-1.xlsx"))
        self.must("evaluate", "--on", "2025-12-31")
        self.must("report", "annual", "--on", "2025-12-31", "--format", "csv", "--issue", "--output", "a.csv")
        self.must("pack", "use", self.pack, "--from", "2026-01-01")
        base = sqlite3.connect(self.ledger)
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.close()
        self.settle()
        with open(self.ledger, "rb") as file:
            self.whole = file.read()
        self.head = json.loads(self.must("verify", "--stored-only", "--json"))["head"]
        self.said = self.says()

    def settle(self):
        for end in ("-wal", "-shm"):
            if os.path.exists(self.ledger + end):
                os.remove(self.ledger + end)

    def restore(self, content=None):
        self.settle()
        with open(self.ledger, "wb") as file:
            file.write(self.whole if content is None else content)

    def says(self):
        """All that the ledger says, cell by cell, with its schema; None where it cannot be read."""
        base = sqlite3.connect(f"file:{self.ledger}?mode=ro&immutable=1", uri=True)
        base.text_factory = bytes
        sum_of = hashlib.sha256()
        try:
            tables = base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
            for row in base.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"):
                sum_of.update(repr(row).encode())
            for (name,) in tables:
                for row in base.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED ORDER BY 1, 2'):
                    sum_of.update(repr(row).encode())
        except sqlite3.Error:
            return None
        finally:
            base.close()
        return sum_of.hexdigest()

    def judge(self, group, what, good, text=""):
        tried, held = self.counts.get(group, (0, 0))
        self.counts[group] = (tried + 1, held + bool(good))
        if not good:
            self.failed += 1
            print(f"FAILED: {group}: {what}\n{text[:600]}", flush=True)

    def change(self, script):
        """Lets a function change the ledger as any tool could; what it returns."""
        self.restore()
        base = sqlite3.connect(self.ledger, isolation_level=None)
        base.execute("PRAGMA journal_mode = DELETE")
        base.execute("PRAGMA ignore_check_constraints = ON")
        try:
            result = script(base)
        finally:
            base.close()
        return result

    def found(self, group, what, names=()):
        code, text = self.run("verify", "--stored-only")
        good = code in (1, 4) and "error: " in text and all(name in text for name in names)
        self.judge(group, what, good, f"exit {code}, wanted {names}\n{text}")

    # ---- columns ----

    def columns(self):
        base = sqlite3.connect(f"file:{self.ledger}?mode=ro&immutable=1", uri=True)
        tables = [row[0] for row in base.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        plan = []
        for table in tables:
            columns = base.execute(f'PRAGMA table_info("{table}")').fetchall()
            keys = [c[1] for c in columns if c[5]]
            for _, column, _, required, _, _ in columns:
                rows = base.execute(f'SELECT {", ".join(keys)}, "{column}" FROM "{table}"'
                                    f' WHERE "{column}" IS NOT NULL ORDER BY {", ".join(keys)}').fetchall()
                if rows:
                    middle = rows[len(rows) // 2]
                    plan += [(table, keys, column, middle[:-1], other(middle[-1]))]
                    if column not in keys:
                        plan += [(table, keys, column, rows[0][:-1], unread(rows[0][-1]))]
                    if not required and column not in keys:
                        plan += [(table, keys, column, rows[0][:-1], None)]
                elif not required:
                    first = base.execute(f'SELECT {", ".join(keys)} FROM "{table}" LIMIT 1').fetchone()
                    kind = [c[2] for c in columns if c[1] == column][0]
                    if first:
                        plan += [(table, keys, column, first, {"TEXT": "x", "BLOB": b"\1" * 32}.get(kind, 1))]
        base.close()
        if self.quick:
            plan = plan[::12]
        for table, keys, column, key, value in plan:
            where = " AND ".join(f"{k} = ?" for k in keys)
            what = f"{table}.{column} of {key} becomes {value!r}"
            try:
                self.change(lambda base: base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (value, *key)))
            except sqlite3.Error as refused:
                self.judge("ledger: values changed", f"{what}: {refused}", True)  # the file itself does not take it
                continue
            if self.says() == self.said:
                continue
            named = [f"{table} {key[0]} "] if table in FACTS and column not in keys else []
            self.found("ledger: values changed", what, named)

    # ---- rows ----

    def rows(self):
        base = sqlite3.connect(f"file:{self.ledger}?mode=ro&immutable=1", uri=True)
        plan = []
        for (table,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                                     " ORDER BY name").fetchall():
            columns = [c[1] for c in base.execute(f'PRAGMA table_info("{table}")')]
            keys = [c[1] for c in base.execute(f'PRAGMA table_info("{table}")') if c[5]]
            ids = [row[0] for row in base.execute(f'SELECT {keys[0]} FROM "{table}" ORDER BY 1')]
            if not ids:
                print(f"note: table {table} is empty here")
                continue
            key, rest = keys[0], ", ".join(f'"{c}"' for c in columns if c != keys[0])
            middle = ids[len(ids) // 2]
            plan += [(table, f"row {i} deleted", [f'DELETE FROM "{table}" WHERE {key} = {i}'])
                     for i in sorted({ids[0], middle, ids[-1]})]
            if rest:
                plan += [(table, f"row {middle} put in again",
                          [f'INSERT INTO "{table}" ({key}, {rest}) SELECT max({ids[-1]}) + 1, {rest} FROM "{table}"'
                           f" WHERE {key} = {middle}"])]
            if len(ids) > 1 and rest:
                a, b = ids[0], ids[-1]
                plan += [(table, f"rows {a} and {b} exchanged",
                          [f'UPDATE "{table}" SET {key} = -7 WHERE {key} = {a}',
                           f'UPDATE "{table}" SET {key} = {a} WHERE {key} = {b}',
                           f'UPDATE "{table}" SET {key} = {b} WHERE {key} = -7'])]
        base.close()
        if self.quick:
            plan = plan[::9]
        for table, what, statements in plan:
            try:
                self.change(lambda base: [base.execute(s) for s in statements])
            except sqlite3.IntegrityError as refused:
                self.judge("ledger: rows deleted, put in, exchanged", f"{table}: {what}: {refused}", True)
                continue
            if table == "standing" and what.endswith("deleted"):
                self.decided_again(what)
                continue
            # The newest of these alone leave no trace; the head below finds them.
            if what.endswith("deleted") and self.newest(table, what):
                continue
            if self.says() == self.said:
                continue  # two equal rows were exchanged
            self.found("ledger: rows deleted, put in, exchanged", f"{table}: {what}")

    def decided_again(self, what):
        """What stands of a rule's decisions is made from them: without it everyone is decided again, to the same end."""
        explained = self.must("explain", "T05", "--on", "2025-12-31")
        self.must("evaluate", "--on", "2025-12-31")
        code, text = self.run("verify", "--stored-only")
        self.judge("ledger: rows deleted, put in, exchanged", f"standing: {what}", code == 0 and self.must("explain", "T05", "--on", "2025-12-31") == explained, text)

    def newest(self, table, what):
        base = sqlite3.connect(f"file:{self.ledger}?mode=ro&immutable=1", uri=True)
        gone = int(what.split()[1])
        left = base.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0] if table != "sheet" else None
        base.close()
        if table not in ("binding", "issue", "decision") or (left is not None and left > gone):
            return False
        code, text = self.run("verify", "--stored-only", "--head", self.head)
        if table == "decision":  # no truth, but what was computed: it is computed again
            self.must("evaluate", "--on", "2025-12-31")
            code, text = self.run("verify", "--stored-only", "--head", self.head)
            self.judge("ledger: the newest cut off", f"{table}: {what}", code == 0, text)
        else:
            self.judge("ledger: the newest cut off", f"{table}: {what}", code == 1 and "were cut off" in text, text)
        return True

    def cut_off(self):
        """The last imports with all that they brought, as if they had never been."""
        def cut(base):
            last, fact = base.execute("SELECT id, (SELECT last_fact FROM import WHERE id = i.id - 1) FROM import i"
                                      " ORDER BY id DESC LIMIT 1").fetchone()
            for table in FACTS:
                base.execute(f'DELETE FROM "{table}" WHERE id > ?', (fact,))
            for statement in ("DELETE FROM closing WHERE import = ?", "DELETE FROM sheet WHERE import = ?",
                              "DELETE FROM import WHERE id = ?"):
                base.execute(statement, (last,))
            base.execute("DELETE FROM copy WHERE fact > ?", (fact,))
            base.execute("DELETE FROM decision")
            base.execute("DELETE FROM issue")
        self.change(cut)
        code, text = self.run("verify", "--stored-only")
        self.judge("ledger: the newest cut off", "an import: what is left is whole", code == 0, text)
        code, text = self.run("verify", "--stored-only", "--head", self.head)
        self.judge("ledger: the newest cut off", "an import", code == 1 and "the newest imports were cut off" in text
                   and "the newest issued reports were cut off" in text, text)
        self.restore()
        self.must("import", os.path.join(self.pack, "samples", "meeting-2.xlsx"))
        code, text = self.run("verify", "--stored-only", "--head", self.head)
        self.judge("ledger: the newest cut off", "a head holds when more is added", code == 0 and "is there" in text, text)
        for bad in ("x", "1.2.3.4-zz", "-1.0.0.0-" + "0" * 64, ""):
            code, text = self.run("verify", "--stored-only", "--head", bad)
            self.judge("ledger: the newest cut off", f"no head: {bad}", code == 1 and "no head" in text, text)
        other_head = self.head[:-1] + ("0" if self.head[-1] != "0" else "1")
        code, text = self.run("verify", "--stored-only", "--head", other_head)
        self.judge("ledger: the newest cut off", "another head", code == 1 and "not the ledger" in text, text)

    # ---- bits ----

    def bits(self, count):
        chance = random.Random(SEED)
        for _ in range(count):
            at, bit = chance.randrange(len(self.whole)), 1 << chance.randrange(8)
            changed = bytearray(self.whole)
            changed[at] ^= bit
            self.restore(bytes(changed))
            code, text = self.run("verify", "--stored-only")
            what = f"bit {bit} of byte {at} (page {at // 4096 + 1})"
            if code == 0:
                self.judge("ledger: bits of the file", f"{what} is not found", self.says() == self.said, text)
            else:
                self.judge("ledger: bits of the file", what, code in (1, 4) and "error: " in text, f"exit {code}\n{text}")

    # ---- other files in its place ----

    def refused(self, what, content, part, commands=(("status",), ("evaluate", "--on", "2025-12-31"), ("verify",))):
        for words in commands:
            self.restore(content)
            before = hashlib.sha256(content).digest()
            code, text = self.run(*words)
            with open(self.ledger, "rb") as file:
                same = hashlib.sha256(file.read()).digest() == before
            good = code == 4 and part in text and text.count("error: ") == 1 and same
            self.judge("ledger: other files in its place", f"{what}: {words[0]}", good, f"exit {code}\n{text}")

    def others(self):
        foreign = os.path.join(self.folder, "foreign.db")
        base = sqlite3.connect(foreign)
        base.execute("CREATE TABLE x (a)")
        base.commit()
        base.close()
        with open(foreign, "rb") as file:
            self.refused("a database of another program", file.read(), "another program")
        os.remove(foreign)
        chance = random.Random(SEED)
        self.refused("random bytes", bytes(chance.randrange(256) for _ in range(8192)), "hongzhu.db")
        self.refused("a text", b"name,code\n" * 500, "hongzhu.db")
        newer = bytearray(self.whole)
        newer[60:64] = (99).to_bytes(4, "big")
        self.refused("a newer format", bytes(newer), "newer version")
        for left in (1, 99, 512, 4096):
            self.refused(f"cut to {left} bytes", self.whole[:left], "hongzhu.db")
        for left in (len(self.whole) // 2, len(self.whole) - 4096, len(self.whole) - 10):
            self.restore(self.whole[:left])
            code, text = self.run("verify", "--stored-only")
            self.judge("ledger: other files in its place", f"cut to {left} bytes: verify",
                       code in (1, 4) and "error: " in text, f"exit {code}\n{text}")

    def locked(self):
        self.restore()
        holder = sqlite3.connect(self.ledger, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        code, text = self.run("status")
        self.judge("ledger: locked", "readers go on", code == 0, text)
        code, text = self.run("import", os.path.join(self.pack, "samples", "meeting-2.xlsx"))
        self.judge("ledger: locked", "a writer says so", code == 4 and text.count("error: ") == 1, f"exit {code}\n{text}")
        holder.execute("ROLLBACK")
        holder.close()
        self.must("verify", "--stored-only")

    # ---- kept files ----

    def kept(self):
        self.restore()
        folder = self.ledger + ".files"
        if not os.path.isdir(folder):
            folder = os.path.join(self.folder, "hongzhu.files")
        files = sorted(os.path.join(top, name) for top, _, names in os.walk(folder) for name in names)
        if not files:
            sys.exit("no file is kept")
        for path in files[:1] if self.quick else files[::3]:
            with open(path, "rb") as file:
                content = file.read()
            digest = os.path.relpath(path, folder).replace("/", "")[:12]
            changed = bytearray(content)
            changed[len(changed) // 2] ^= 1
            self.replace(path, bytes(changed))
            self.found("ledger: kept files", f"{digest}: a bit", ["was changed", digest])
            os.remove(path)
            self.found("ledger: kept files", f"{digest}: gone", [digest])
            os.mkdir(path)
            self.found("ledger: kept files", f"{digest}: a folder", ["kept"])
            os.rmdir(path)
            os.mkfifo(path)
            self.found("ledger: kept files", f"{digest}: a pipe", ["kept"])
            os.remove(path)
            aside = os.path.join(self.folder, "aside")
            self.replace(aside, content)
            os.symlink(aside, path)
            self.found("ledger: kept files", f"{digest}: a link to the same", [digest])
            os.remove(path)
            os.remove(aside)
            self.replace(path, content)
        shutil.move(folder, folder + ".away")
        self.found("ledger: kept files", "the whole folder is gone")
        shutil.move(folder + ".away", folder)
        self.must("verify", "--stored-only")

    def replace(self, path, content):
        if os.path.exists(path):
            os.remove(path)
        with open(path, "wb") as file:
            file.write(content)

    def finish(self):
        tried, held = (sum(pair[i] for pair in self.counts.values()) for i in (0, 1))
        for group, (a, b) in self.counts.items():
            print(f"{group}: {a} tried, {b} contained")
            tally("whole_tamper", group, a, b)
        print(f"{tried} tried, {held} contained")
        return 1 if self.failed else 0


def other(value):
    """A value of the same type that differs as little as possible."""
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"\0"
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


def unread(value):
    """A value that a careless reader takes for the same."""
    if isinstance(value, int):
        return value + (1 << 32) if value % 2 else value - (1 << 32)
    if isinstance(value, bytes):
        return value + b"\0"
    return value + "\0x"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        t = Tampering(os.path.abspath(given.program), os.path.abspath(given.source), folder, given.quick)
        t.make()
        t.columns()
        t.rows()
        t.cut_off()
        t.bits(10 if given.quick else 200)
        t.others()
        t.locked()
        t.kept()
        return t.finish()


if __name__ == "__main__":
    sys.exit(main())
