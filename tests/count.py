#!/usr/bin/env python3
"""Adds up what tests said and prints "N passed, N failed".

Reads JUnit files of ctest and plain texts. A test that prints lines as cmocka does ("[ RUN      ]", "[       OK ]",
"[  SKIPPED ]") counts as many cases as it says; any other counts one. A test that failed counts at least one failure.
"""
import re
import sys
import xml.etree.ElementTree as xml

RUN, OK, SKIPPED, FAILED = "[ RUN      ]", "[       OK ]", "[  SKIPPED ]", "[  FAILED  ]"


def cases(text):
    count = {mark: 0 for mark in (RUN, OK, SKIPPED, FAILED)}
    skipped = set()
    for line in text.splitlines():
        # cmocka says a second time, at the end, who was skipped.
        if SKIPPED in line:
            name = line.partition(SKIPPED)[2].strip()
            if name in skipped or re.fullmatch(r"\d+ test\(s\), listed below:", name):
                continue
            skipped.add(name)
        for mark in count:
            # A case may print before its verdict without ending its line.
            if mark in line:
                count[mark] += 1
    return count


def of_junit(path):
    passed = failed = 0
    for case in xml.parse(path).getroot().iter("testcase"):
        status = case.get("status", "run")
        said = cases(case.findtext("system-out") or "")
        good = status not in ("fail", "notrun") and case.find("failure") is None
        if status in ("disabled", "notrun") and case.find("failure") is None and case.find("skipped") is not None:
            continue
        if said[RUN] == 0:
            passed, failed = passed + good, failed + (not good)
            continue
        passed += said[OK]
        wrong = said[RUN] - said[OK] - said[SKIPPED]
        failed += wrong if good else max(1, wrong)
    return passed, failed


def of_text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        said = cases(file.read())
    return said[OK], said[FAILED]


def main():
    passed = failed = 0
    for path in sys.argv[1:]:
        try:
            good, wrong = of_junit(path) if path.endswith(".xml") else of_text(path)
        except (OSError, xml.ParseError) as unreadable:
            print(f"{path}: {unreadable}", file=sys.stderr)
            good, wrong = 0, 1
        passed, failed = passed + good, failed + wrong
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
