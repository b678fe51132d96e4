#!/usr/bin/python3
"""Undo and repeat, import by import: the report of ganzhou stays as it was, byte for byte.

Each import is undone, with those resting on it, and sent again. The report issued before all that is computed again from what
was known then, with the same bytes.
"""
import sys

from region import DAY, FILES, Checks, Ledger


def newest(ledger, name, adapter):
    """The number of the last import of this file, by this adapter where several read it."""
    found = [row for row in ledger.json("log")["imports"] if row.get("file") == name]
    return max(row["import"] for row in found if adapter in (None, row.get("adapter")))


def main(program):
    ledger, check = Ledger(program), Checks()
    ledger.bring()
    ledger.run("evaluate", "--on", DAY)
    first = ledger.report("--issue")
    for name, adapter in FILES:
        ledger.run("undo", str(newest(ledger, name, adapter)), "--with-later")
        check.same(f"{name}, {adapter or 'its adapter'}: undone, the report is another one", False, ledger.report() == first)
        ledger.bring()
        check.same(f"{name}, {adapter or 'its adapter'}: repeated, the report is as it was", True, ledger.report() == first)
    ledger.run("undo", "1", "--with-later")
    check.same("what the pack declares: undone, nothing is left", 0, ledger.json("status")["facts"]["organization"])
    ledger.use()
    ledger.bring()
    check.same("what the pack declares: repeated, the report is as it was", True, ledger.report() == first)
    check.same("at least ten imports have come since the report was issued", True,
               len(ledger.json("log")["imports"]) > 2 * len(FILES) + 10)
    ledger.run("report", "--again", "1")
    ledger.run("verify")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
