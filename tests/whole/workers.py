#!/usr/bin/env python3
"""One thread and eight store the same decisions in the same order: the dump of the whole ledger is the same text.

People and records by chance (seeded), some of them uncertain, under the pack of the benchmark, as a declared rule and
as a function in Lua. On a second day some decisions still stand and the rest are made anew.

usage: workers.py --program HONGZHU --source TREE [--seed N]
Prints a line per promise tried; the last line is `N passed, N failed`.
"""
import argparse
import os
import random
import shutil
import sqlite3
import tempfile

import decisions
from whole import Whole, finish

DAYS = ("2025-12-31", "2026-01-15")


def dump(whole, ledger):
    """All that the ledger holds, as SQL, and how many decisions those are."""
    base = sqlite3.connect(whole.path(ledger))
    text = "\n".join(base.iterdump())
    stored = sum(1 for _ in decisions.stored(base))
    base.close()
    return text, stored


def made_up(whole, chance):
    with open(whole.path("people.csv"), "w", encoding="utf-8") as file:
        file.write("code,hired\n")
        for person in range(700):
            file.write(f"P{person:04},{chance.choice([1999, 2015, 2023, 2025])}-{chance.randint(1, 12):02}-01\n")
    with open(whole.path("records.csv"), "w", encoding="utf-8") as file:
        file.write("record,person,kind,mode,day,hours\n")
        for record in range(9000):
            day = f"{chance.randint(2020, 2026)}-{chance.randint(1, 12):02}" + ("" if record % 50 == 0 else f"-{chance.randint(1, 28):02}")
            kind = chance.choice(["course", "course", "workshop", "placement", "school_based", "award"])
            hours = chance.choice(["12", "24", "30.5", "8"]) + ("余" if record % 70 == 0 else "")
            file.write(f"R{record},P{chance.randrange(700):04},{kind},{chance.choice(['offline', 'online'])},{day},{hours}\n")


def packs(whole):
    declared = os.path.join(whole.source, "tests/bench/pack")
    written = whole.path("written")
    shutil.copytree(declared, written)
    shutil.copy2(os.path.join(whole.source, "tests/bench/decide.lua"), os.path.join(written, "rules/cycle.lua"))
    return {"declared": declared, "a function": written}


def tries(whole, name, pack):
    first = f"{name.replace(' ', '-')}.db"
    whole.run("init", ledger=first)
    whole.run("pack", "use", pack, "--from", "2015-01-01", ledger=first)
    whole.run("import", "--adapter", "people", "people.csv", ledger=first)
    whole.run("import", "--adapter", "records", "records.csv", ledger=first)
    ledgers = {threads: whole.copy(f"{threads or 'default'}-{first}", first) for threads in ("1", "8", None)}
    for day in DAYS:
        said = set()
        for threads, ledger in ledgers.items():
            said.add(whole.run("evaluate", "--on", day, *(["--workers", threads] if threads else []), ledger=ledger))
        texts = {dump(whole, ledger) for ledger in ledgers.values()}
        whole.check(f"{name}, {day}: one thread, eight and as many as there are processors say the same", len(said) == 1)
        whole.check(f"{name}, {day}: they store the same, decisions of all people", len(texts) == 1 and texts.pop()[1] >= 700)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--program", required=True)
    words.add_argument("--source", required=True)
    words.add_argument("--seed", type=int, default=20251231)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="hongzhu-workers-") as folder:
        whole = Whole(given.program, given.source, folder)
        made_up(whole, random.Random(given.seed))
        for name, pack in packs(whole).items():
            tries(whole, name, pack)
    finish(whole)


if __name__ == "__main__":
    main()
