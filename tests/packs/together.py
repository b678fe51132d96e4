#!/usr/bin/python3
"""All regions side by side in one ledger: the report of each is the one it has in a ledger of its own."""
import os
import sys

from figures_chengzhong import CHENGZHONG
from figures_haixi import COHORT, HAIXI, ISSUED
from figures_keyouqianqi import KEYOU
from figures_tongnan import TONGNAN
from region import GANZHOU, Checks, Ledger


def report(ledger, region):
    return ledger.run("report", "annual", region.scope, "--on", region.day, "--format", "text")


def main(program):
    check, regions = Checks(), [GANZHOU, TONGNAN, HAIXI, KEYOU, CHENGZHONG]
    together, alone = Ledger(program, regions[0]), {}
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
        check.same(f"{region.name}: its report says something", True, len(alone[region.name]) > 4000)
    for region in regions:
        check.same(f"{region.name}: with all the others there, the report it has alone", True,
                   report(together, region) == alone[region.name])
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
