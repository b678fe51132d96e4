#!/usr/bin/env python3
"""Somebody without rights, on a kernel or in a container without Landlock, without seccomp, without both, works as anyone
does: init, pack use, import, evaluate, report, verify, and `doctor` names what is missing; a ledger that may only
be read is read, and an import into it refused.

Started by root it becomes the user nobody (setpriv); where that user cannot read the program, the rest is skipped, saying so.

usage: guest.py --program HONGZHU --bare ABI_TEST_BARE --source TREE
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from tally import tally  # noqa: E402

MISSING = {"landlock": "Landlock", "seccomp": "seccomp", "both": "seccomp"}


def main():
    parser = argparse.ArgumentParser()
    for name in ("--program", "--bare", "--source"):
        parser.add_argument(name, required=True)
    given = parser.parse_args()
    program, bare = os.path.abspath(given.program), os.path.abspath(given.bare)
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] if os.geteuid() == 0 else []
    if become and (not shutil.which("setpriv") or subprocess.run([*become, program, "--version"], check=False,
                                                                 capture_output=True, cwd="/").returncode != 0):
        print("skipped: the user nobody cannot run the program where it lies, or there is no setpriv")
        return 0
    pack = os.path.join(given.source, "scripts", "regions", "ganzhou")
    tried = held = 0
    for without in MISSING:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(pack, os.path.join(folder, "ganzhou"))
            os.chmod(folder, 0o777)
            environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": folder, "TMPDIR": folder}
            samples = os.path.join("ganzhou", "samples")
            for words in (["init"], ["pack", "use", "ganzhou", "--from", "2025-01-01"],
                          ["import", os.path.join(samples, "roster.xlsx")],
                          ["import", os.path.join(samples, "observations.csv")], ["evaluate", "--on", "2025-12-31"],
                          ["report", "annual", "--on", "2025-12-31", "--format", "html", "--issue", "--output", "a.html"],
                          ["verify"], ["doctor"]):
                done = subprocess.run([*become, bare, "--without", without, program, *words, "--lang", "en"], cwd=folder,
                                      env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, check=False)
                text = done.stdout.decode("utf-8", "replace")
                good = done.returncode == 0 or words == ["doctor"]
                if words == ["doctor"]:
                    good = MISSING[without] in text and "refuses it" in text
                tried, held = tried + 1, held + good
                if not good:
                    print(f"FAILED: without {without}: {' '.join(words)}: exit {done.returncode}\n{text[:1500]}")
            os.chmod(os.path.join(folder, "hongzhu.db"), 0o400)  # somebody else's ledger: it may only be read
            for words, code, said in ((["import", os.path.join(samples, "applications.csv")], 4, "it may only be read"),
                                      (["doctor"], None, "cannot be written"), (["verify"], 0, "everything stored is as it was")):
                done = subprocess.run([*become, bare, "--without", without, program, *words, "--lang", "en"], cwd=folder,
                                      env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, check=False)
                text = done.stdout.decode("utf-8", "replace")
                good = (code is None or done.returncode == code) and said in text and "rejected" not in text
                tried, held = tried + 1, held + (good or os.geteuid() == 0 and not become)
                if not good:
                    print(f"FAILED: without {without}, read only: {' '.join(words)}: exit {done.returncode}\n{text[:1500]}")
            left = [name for name in os.listdir(folder) if name.startswith("hongzhu-")]
            tried, held = tried + 1, held + (not left)
            if left:
                print(f"FAILED: without {without}: left {left}")
    tally("whole_guest", "work without rights, Landlock, seccomp", tried, held)
    print(f"{tried} tried, {held} contained")
    return 0 if tried == held else 1


if __name__ == "__main__":
    sys.exit(main())
