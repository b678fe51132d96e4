#!/usr/bin/env python3
"""`compare` says of everyone what `evaluate` says when it is run twice, and stores nothing; one worker and eight store the
same bytes.

People and records by chance (seeded) under the pack that the transcripts try. Each change is compared, then made in
earnest in copies of the ledger: the pack edited and put into force, decisions read from the ledger.

usage: compare.py --program HONGZHU --source TREE [--seed N]
Prints a line per promise tried; the last line is `N passed, N failed`.
"""
import argparse
import csv
import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import tempfile

from decisions import newest
from whole import Whole, finish

DAY, LATER = "2025-12-31", "2026-03-15"
OUTCOMES = ["unmet", "met", "unknown", "not_applicable"]
WORDS = {"met": "met", "unmet": "unmet", "unknown": "unknown", "not applicable": "not_applicable"}


def made_up(whole, chance):
    with open(whole.path("people.csv"), "w", encoding="utf-8") as file:
        file.write("编号,姓名,学校,参加工作,层级\n")
        for person in range(120):
            year = chance.choice([2005, 2012, 2023, 2024, 2025])
            stage = chance.choice(["", "new", "backbone", "骨干教师"])
            file.write(f"P{person:03},,S{1 + person % 2},{year}-{chance.randint(1, 12):02}-01,{stage}\n")
    with open(whole.path("training.csv"), "w", encoding="utf-8") as file:
        file.write("序号,编号,日期,级别,学时\n")
        for record in range(700):
            day = f"{chance.choice([2024, 2025, 2025, 2025, 2026])}-{chance.randint(1, 12):02}"
            if chance.random() < 0.8:  # the others are known to the month
                day += f"-{chance.randint(1, 28):02}"
            level = chance.choice(["school", "county", "city"])
            file.write(f"{record},P{chance.randrange(120):03},{day},{level},{chance.randint(1, 40) / 2}\n")


def decided(whole, ledger, day):
    """What evaluate says: (rule, code) -> outcome."""
    whole.run("evaluate", "--on", day, ledger=ledger)
    base = sqlite3.connect(whole.path(ledger))
    codes = {}
    for code, entity in base.execute("select code, entity from person where id in (select max(id) from person group by entity)"):
        codes[entity] = code
    rows = newest(base)
    base.close()
    return {(row.rule, codes[row.subject]): OUTCOMES[row.outcome] for row in rows}


def dump(whole, ledger, workers):
    """Everything of the decisions and of what stands, in the order in which it was stored."""
    whole.run("evaluate", "--on", DAY, "--workers", str(workers), ledger=ledger)
    base = sqlite3.connect(whole.path(ledger))
    rows = [base.execute(f"select * from {table} order by id").fetchall() for table in ("decision", "standing")]
    base.close()
    return rows


def edited(whole, name, edits):
    folder = whole.path(name)
    shutil.copytree(whole.path("tried"), folder)
    for file, old, new in edits:
        path = os.path.join(folder, file)
        with open(path, encoding="utf-8") as given:
            text = given.read()
        changed = re.sub(old, new, text, count=1)
        if changed == text:
            raise SystemExit(f"{name}: nothing in {file} is {old}")
        with open(path, "w", encoding="utf-8") as given:
            given.write(changed)
    return folder


def differences(before, after):
    return {key: (before[key], after[key]) for key in before if key in after and before[key] != after[key]}


def told(whole, words):
    """What compare says: who changes, and the counts that it gives."""
    answer = json.loads(whole.run("compare", *words, "--json", "--people", "changes.csv"))
    with open(whole.path("changes.csv"), encoding="utf-8-sig") as file:
        rows = {(row["rule"], row["code"]): (WORDS[row["before"]], WORDS[row["after"]]) for row in csv.DictReader(file)}
    return answer, rows


def agrees(whole, what, words, before, after):
    answer, rows = told(whole, words)
    wanted = differences(before, after)
    whole.check(f"{what}: those who change are those whom evaluate decides otherwise ({len(wanted)})", rows == wanted)
    good = True
    for rule in answer["rules"]:
        if "only" in rule:
            side = after if rule["only"] == "after" else before
            counts = {name: sum(outcome == name for (key, _), outcome in side.items() if key == rule["rule"]) for name in OUTCOMES}
            good = good and counts == rule["outcomes"]
            continue
        own = [pair for (key, _), pair in wanted.items() if key == rule["rule"]]
        moves = {(move["before"], move["after"]): move["count"] for move in rule["moves"]}
        good = good and rule["changed"] == len(own) and moves == {pair: own.count(pair) for pair in set(own)}
        for groups in rule["by"].values():
            good = good and sum(group["changed"] for group in groups) == len(own)
            good = good and all(group["changed"] == sum(move["count"] for move in group["moves"]) for group in groups)
    whole.check(f"{what}: the counts, by group too, are theirs", good)


def digest(whole):
    base = sqlite3.connect(whole.path("hongzhu.db"))
    text = "\n".join(base.iterdump())
    base.close()
    return hashlib.sha256(text.encode()).hexdigest()


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--program", required=True)
    words.add_argument("--source", required=True)
    words.add_argument("--seed", type=int, default=4)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        whole = Whole(given.program, given.source, folder)
        chance = random.Random(given.seed)
        shutil.copytree(os.path.join(given.source, "tests/told/files/tried-pack"), whole.path("tried"))
        made_up(whole, chance)
        whole.run("init")
        whole.run("pack", "use", "tried", "--from", "2020-01-01")
        whole.run("import", "people.csv", "training.csv")
        plain = {day: decided(whole, whole.copy(f"plain-{day}.db"), day) for day in (DAY, LATER)}
        state = digest(whole)

        one = dump(whole, whole.copy("one.db"), 1)
        whole.check("one worker and eight store the same bytes", sum(block[1] for block in one[0]) > 100
                    and one == dump(whole, whole.copy("eight.db"), 8))

        changes = [
            ("a parameter", ["needed=45"], [("parameters.lua", "value = 40", "value = 45")]),
            ("a parameter from a day on", ["needed@2025-01-01=30"],
             [("parameters.lua", r"value = 40, assumed = assumed }", 'value = 40, assumed = assumed },'
               ' { from = "2025-01-01", value = 30, assumed = assumed }')]),
            ("a value by word", ["weight.school=1", "weight.city=2/3"],
             [("parameters.lua", r'school = "0.5", county = 1, city = 1', 'school = 1, county = 1, city = "2/3"')]),
            ("a day and a cap", ["novice_after=2012-06-30", "most_school=0.5"],
             [("parameters.lua", "2024-08-31", "2012-06-30"), ("parameters.lua", "value = 10,", 'value = "0.5",')]),
        ]
        for at, (what, sets, edits) in enumerate(changes):
            pack, ledger = edited(whole, f"set-{at}", edits), whole.copy(f"set-{at}.db")
            whole.run("pack", "use", pack, "--from", "2020-01-01", ledger=ledger)
            after = decided(whole, ledger, DAY)
            options = [option for one in sets for option in ("--set", one)]
            agrees(whole, what, ["--on", DAY, *options], plain[DAY], after)
            agrees(whole, what + ", as a pack", ["--on", DAY, "--pack", pack], plain[DAY], after)
        agrees(whole, "two days", ["--on", DAY, "--on", LATER], plain[DAY], plain[LATER])

        pack = edited(whole, "more", [("rules/yearly.lua", r'id = "yearly"', 'id = "renamed"'), ("pack.lua", '"1"', '"2"')])
        ledger = whole.copy("more.db")
        whole.run("pack", "use", pack, "--from", "2020-01-01", ledger=ledger)
        after = {key: outcome for key, outcome in decided(whole, ledger, DAY).items() if key[0] == "renamed"}
        agrees(whole, "a rule dropped and a rule new", ["--on", DAY, "--pack", pack], plain[DAY], after)
        whole.check("nothing was stored: the ledger is as it was", digest(whole) == state)

        whole.run("evaluate", "--on", DAY)
        image = json.loads(whole.run("pack", "list", "--json"))["ruling"][0]["image"]
        pack = edited(whole, "after", [("parameters.lua", "value = 40", "value = 35"), ("pack.lua", '"1"', '"3"')])
        whole.run("pack", "use", pack, "--from", "2020-01-01")
        after = decided(whole, whole.copy("after.db"), LATER)
        agrees(whole, "stored under the image before", ["--on", LATER, "--stored", image[:10]], plain[DAY], after)
    finish(whole)


if __name__ == "__main__":
    main()
