"""Runs cases against a reader: a file's bytes, options, and every line that the harness must print.

A case is a dict: `bytes`, `name` (of the file; default by the reader), `options` (list of "NAME=VALUE"), and what is
expected: `rows` ({row: [cells]} or, with sheets, {(sheet, row): [cells]}), `sheets` ({number: name}), `fail` (sheet, row,
zh, en), `stop` (the host asked for it), `probe` (a number). Rows are compared whole and in order. With `fail`, rows before it are compared if given.
"""
import json
import os
import subprocess
import sys
import tempfile


def run(harness, plugin, path, *arguments, timeout=120):
    done = subprocess.run([harness, plugin, path, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=timeout, check=False)
    if done.returncode != 0:
        raise AssertionError(f"harness ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def expected_lines(case):
    lines, last = [], 0
    for number, name in case.get("sheets", {}).items():
        lines.append({"sheet": number, "name": name})
        lines += [{"sheet": number, "row": at[1], "cells": cells} for at, cells in case.get("rows", {}).items()
                  if at[0] == number]
        last = number
    if not last:
        lines += [{"sheet": 0, "row": at, "cells": cells} for at, cells in case.get("rows", {}).items()]
    if "fail" in case:
        sheet, row, zh, en = case["fail"]
        lines.append({"fail": {"sheet": sheet, "row": row, "zh": zh, "en": en}})
    return lines


def compare(harness, plugin, folder, default_name, case):
    path = os.path.join(folder, case.get("name", default_name))
    with open(path, "wb") as file:
        file.write(case["bytes"])
    if "probe" in case:
        got = run(harness, plugin, path, "--probe")
        return [] if got == [{"probe": case["probe"]}] else [f"wanted {case['probe']}, got {got}"]
    got = run(harness, plugin, path, *case.get("options", []))
    end = got.pop()
    wanted = expected_lines(case)
    if "fail" in case and "rows" not in case:
        got = [line for line in got if "cells" not in line and ("name" not in line or "sheets" in case)]
    wrong = []
    for i in range(max(len(got), len(wanted))):
        have = got[i] if i < len(got) else None
        want = wanted[i] if i < len(wanted) else None
        if have != want:
            wrong.append(f"wanted {json.dumps(want, ensure_ascii=False)}\n   got {json.dumps(have, ensure_ascii=False)}")
            break
    if end.get("end") != (1 if "fail" in case else 2 if "stop" in case else 0):
        wrong.append(f"ended with {end}")
    if case.get("rows") and not end.get("used"):
        wrong.append("it gave rows and never said how much of the file it has used")
    return wrong


def check(default_name, cases):
    """The program of a file of cases: NAME_cases.py HARNESS PLUGIN [CASE…]."""
    harness, plugin, chosen = sys.argv[1], sys.argv[2], sys.argv[3:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, case in cases.items():
            if chosen and name not in chosen:
                continue
            print(f"[ RUN      ] {name}", flush=True)
            try:
                wrong = compare(harness, plugin, folder, default_name, case)
            except (AssertionError, ValueError, subprocess.TimeoutExpired) as problem:
                wrong = [str(problem)]
            for line in wrong:
                print(line)
            failed += bool(wrong)
            print(f"[{'  FAILED  ' if wrong else '       OK '}] {name}", flush=True)
    return 1 if failed else 0
