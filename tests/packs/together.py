#!/usr/bin/python3
"""All regions side by side in one ledger: the report of each is the one it has in a ledger of its own. The bureau above adds up what
they issued, and its totals walk back to their documents."""
import json
import os
import pathlib
import sys

from figures_chengzhong import CHENGZHONG
from figures_haixi import COHORT, HAIXI, ISSUED
from figures_keyouqianqi import KEYOU
from figures_tongnan import TONGNAN
from region import GANZHOU, Checks, Ledger, Region, places

ABOVE = Region("rollup", "UP")
# what the bureau above takes from the report of each: (figure, number)
PEOPLE = {"ganzhou": ("trainees", 10), "tongnan": ("programming", 73), "haixi": ("participants", 40), "keyouqianqi": ("placed", 183),
          "chengzhong": ("away", 128)}


def report(ledger, region):
    return ledger.run("report", "annual", region.scope, "--on", region.day, "--format", "text")


def lines_of(document, figure):
    """The line of the document on which a figure begins."""
    lines = document.read_text(encoding="utf-8").splitlines()
    return [at for at, line in enumerate(lines, 1) if line == f'    "{figure}": {{']


def rolled_up(program, check, documents):
    """documents: {region: what it issued for the day}"""
    above, *last = Ledger(program, ABOVE), *documents
    for name in list(documents)[:-1]:
        above.run("import", str(documents[name]))

    def total(figure="trained", on=ABOVE.day):
        return above.json("trace", figure, ABOVE.scope, "--on", on)

    check.same("above: who has not sent", "1", total("not_sent")["value"])
    above.run("import", str(documents[last[-1]]))
    check.same("above: all people of all districts", str(sum(number for _, number in PEOPLE.values())), total()["value"])
    check.same("above: each number stands where the district's document says it",
               {(documents[name].name, "figures", lines_of(documents[name], figure)[0]) for name, (figure, _) in PEOPLE.items()},
               places(total()))
    above.run("import", str(documents["ganzhou"]))
    check.same("above: a document sent twice counts once", "434", total()["value"])
    earlier = documents["ganzhou"].with_name("earlier.json")
    earlier.write_text(documents["ganzhou"].read_text(encoding="utf-8").replace('"on": "2025-12-31"', '"on": "2025-06-30"'), encoding="utf-8")
    above.run("import", str(earlier))
    check.same("above: one for another day counts for that day", ("434", "10"), (total()["value"], total(on="2025-06-30")["value"]))
    corrected = documents["ganzhou"].with_name("corrected.json")
    written = json.loads(documents["ganzhou"].read_text(encoding="utf-8"))
    written["figures"]["trainees"]["number"] = "11"
    corrected.write_text(json.dumps(written, ensure_ascii=False, indent=2), encoding="utf-8")
    above.run("import", str(corrected))
    check.same("above: a corrected one takes the place of the one before", ("435", {"corrected.json"}),
               (total()["value"], {file for file, *_ in places(total())} - {document.name for document in documents.values()}))


def main(program):
    check, regions = Checks(), [GANZHOU, TONGNAN, HAIXI, KEYOU, CHENGZHONG]
    together, alone, documents = Ledger(program, regions[0]), {}, {}
    for region in regions:
        own = Ledger(program, region)
        if region is not regions[0]:
            together.run("pack", "use", str(region.pack), "--from", region.since)
        for ledger in (own, together):
            for name, adapter in region.files:
                ledger.run("import", os.path.join(region.samples, name), *(("--adapter", adapter) if adapter else ()))
            if region is HAIXI:
                ledger.run("certificate", "issue", "finishers", COHORT, "--on", ISSUED)
        alone[region.name] = report(own, region)
        documents[region.name] = pathlib.Path(together.folder.name) / f"{region.name}.json"
        own.run("report", "annual", region.scope, "--on", ABOVE.day, "--issue", "--output", str(documents[region.name]))
        check.same(f"{region.name}: its report says something", True, len(alone[region.name]) > 4000)
    for region in regions:
        check.same(f"{region.name}: with all the others there, the report it has alone", True,
                   report(together, region) == alone[region.name])
    rolled_up(program, check, documents)
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
