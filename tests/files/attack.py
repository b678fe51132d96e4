#!/usr/bin/env python3
"""Hostile files through `hongzhu import`: attack.py --program HONGZHU GROUP [--sanitized] [--accept] [CASE…].

GROUP is one of hostile.py. Each file (but the few harmless ones, READ) ends in an error that names it and in exit code 3, or 1
where rows are wrong; what is
said stands in expected/GROUP.tsv, word for word in English, and is there in Chinese too. The ledger is what it was, no file
is left behind, the process ends, and its memory and that of its workers stays below a bound (released program only, for
sanitizers keep books). The last line counts; with HONGZHU_COUNTS it goes to attack_file.tsv in that folder.
"""
import argparse
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from tally import tally  # noqa: E402

sys.dont_write_bytecode = True
import hostile  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS = 60
MEMORY_MOST = 1400 << 10  # KiB; a mapped file of a gigabyte counts as memory of who reads it


class Ledger:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.path = os.path.join(folder, "t.db")
        self.environment = {"PATH": os.environ["PATH"], "TZ": "UTC", "LC_ALL": "C.UTF-8", "HONGZHU_LEDGER": self.path, "HOME": folder,
                            "TMPDIR": os.path.join(folder, "tmp")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        os.mkdir(self.environment["TMPDIR"])
        roster = os.path.join(folder, "good.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write(hostile.TABLE + "T01,代号一,2025-03-01,2\nT02,代号二,2025-03-02,3.5\n")
        for arguments in (["init"], ["pack", "use", os.path.join(HERE, "pack"), "--from", "2020-01-01"], ["import", roster]):
            code, said, _ = self.run(arguments)
            assert code == 0, said
        with open(roster, "w", encoding="utf-8") as file:  # so that all files that a refused import leaves are there
            file.write(hostile.TABLE + "T01,,2025-03-01,zwei\n")
        assert self.run(["import", roster])[0] == 1

    def run(self, arguments, language="en"):
        """Exit code, all that was said, greatest memory of it and its workers in KiB."""
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([self.program, "--lang", language, *arguments], stdin=subprocess.DEVNULL, stdout=said,
                                       stderr=subprocess.STDOUT, cwd=self.folder, env=self.environment)
            deadline = time.monotonic() + SECONDS
            while True:
                pid, status, used = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                if time.monotonic() > deadline:
                    process.kill()
                    os.wait4(process.pid, 0)
                    return None, f"it did not end within {SECONDS} s", 0
                time.sleep(0.005)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            return process.returncode, said.read().decode(errors="surrogateescape"), used.ru_maxrss

    def state(self):
        """All that the ledger holds, and the names of all files."""
        base = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        text = "\n".join(base.iterdump())
        base.close()
        files = sorted(os.path.join(at, name) for at, _, names in os.walk(os.fsencode(self.folder)) for name in names)
        return hashlib.sha256(text.encode()).hexdigest(), [f for f in files if not f.endswith((b"-wal", b"-shm"))]


def shown_badly(said):
    """Control characters and what turns text around, which a message must not show as they are."""
    return [hex(ord(c)) for c in said if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")]


def attack(ledger, group, name, data, ending, sanitized):
    """What is wrong with how it went, and what was said."""
    path = os.path.join(os.fsencode(ledger.folder), b"in")
    os.makedirs(path, exist_ok=True)
    path = os.path.join(path, name if isinstance(name, bytes) else (name if group == "name" else name + ending).encode())
    if callable(data):
        data(path)
    else:
        with open(path, "wb") as file:
            file.write(data)
    before, wrong, first = ledger.state(), [], ""
    languages = ("en",) if callable(data) or sanitized else ("en", "zh")
    for language in languages:
        code, said, memory = ledger.run(["import", "--", path], language)
        if name in hostile.READ:
            if code != 0:
                wrong.append(f"exit {code}")
            first = first or said
            continue
        if code not in ((2,) if isinstance(name, bytes) else (1, 3)):  # a command line that is no UTF-8 is wrong usage
            wrong.append(f"exit {code}")
        if f"\n{'error: ' if language == 'en' else '错误：'}" not in "\n" + said:
            wrong.append(f"no error is said ({language})")
        if shown_badly(said):
            wrong.append(f"shown as they are: {shown_badly(said)[:5]}")
        if memory > MEMORY_MOST and not sanitized:
            wrong.append(f"memory {memory >> 10} MiB")
        if len(said) > 20000:
            wrong.append(f"{len(said)} characters are said")
        first = first or said
    if name not in hostile.READ and ledger.state() != before:
        wrong.append("the ledger or the files beside it changed")
    os.unlink(path)
    return wrong, first.replace(os.path.join(ledger.folder, "in") + "/", "").replace(ledger.folder, "$HERE")


def count(group, tried, contained):
    print(f"attack_file: {group}: {tried} tried, {contained} contained")
    tally("attack_file", group, tried, contained)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    options.add_argument("--sanitized", action="store_true")
    options.add_argument("--accept", action="store_true")
    options.add_argument("group", choices=sorted(hostile.GROUPS))
    options.add_argument("cases", nargs="*")
    given = options.parse_args()
    make, ending = hostile.GROUPS[given.group]
    pinned = os.path.join(HERE, "expected", given.group + ".tsv")
    expected, said_now = {}, {}
    if os.path.exists(pinned):
        with open(pinned, encoding="utf-8") as file:
            expected = dict((json.loads(x) for x in line.split("\t")) for line in file)
    tried = contained = 0
    with tempfile.TemporaryDirectory(prefix="hongzhu-files-") as folder:
        ledger = Ledger(os.path.abspath(given.program), folder)
        for name, data in make():
            label = name if isinstance(name, str) else name.decode(errors="backslashreplace")
            if (given.cases and label not in given.cases) or (given.sanitized and label in hostile.LARGE):
                continue
            print(f"[ RUN      ] {given.group} {label!r}", flush=True)
            tried += 1
            wrong, said = attack(ledger, given.group, name, data, ending, given.sanitized)
            said_now[label] = said
            if said != expected.get(label) and not given.accept:
                wrong.append(f"said:\n{said}expected:\n{expected.get(label)}")
            contained += not wrong
            for line in wrong:
                print(line.encode(errors="backslashreplace").decode())
            print(f"[{'  FAILED  ' if wrong else '       OK '}] {given.group} {label!r}", flush=True)
    if given.accept:
        os.makedirs(os.path.dirname(pinned), exist_ok=True)
        with open(pinned, "w", encoding="utf-8") as file:
            for label, said in {**expected, **said_now}.items():
                file.write(json.dumps(label, ensure_ascii=False) + "\t" + json.dumps(said, ensure_ascii=False) + "\n")
    count(given.group, tried, contained)
    return 0 if tried == contained else 1


if __name__ == "__main__":
    sys.exit(main())
