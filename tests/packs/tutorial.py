"""Follows scripts/README.md and its Chinese twin to the letter: every block is run, in the order in which it stands.

```lua PATH and ```csv PATH are files, ```sh are commands, each of which must end well. A block of another kind is a failure:
what a reader is told to type has been typed here.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
BLOCK = re.compile(r"^```(\S*)[ ]?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(page, program):
    """What goes wrong on a page; empty if nothing does."""
    text = page.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    if len(blocks) < 15 or len(blocks) * 2 != len(re.findall(r"^```", text, re.MULTILINE)):
        return [f"{page.name}: {len(blocks)} blocks were understood"]
    with tempfile.TemporaryDirectory(prefix="tutorial-") as folder:
        variables = {**os.environ, "PATH": f"{os.path.dirname(program)}:{os.environ['PATH']}", "HOME": folder, "TZ": "UTC",
                     "LC_ALL": "C.UTF-8", "HONGZHU_LANG": "zh" if "zh" in page.name else "en"}
        for kind, name, body in blocks:
            if kind in ("lua", "csv") and name:
                pathlib.Path(folder, name).write_text(body, encoding="utf-8")
                continue
            if kind != "sh":
                return [f"{page.name}: a block of kind \"{kind} {name}\" cannot be run"]
            done = subprocess.run(["bash", "-eu", "-c", body], cwd=folder, env=variables, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            if done.returncode:
                return [f"{page.name}: exit {done.returncode} of\n{body}{done.stdout.decode()}"]
    return []


def same_blocks(one, other):
    """Both languages teach the same pack: files and commands are equal."""
    found = [BLOCK.findall(page.read_text(encoding="utf-8")) for page in (one, other)]
    return [] if found[0] == found[1] else [f"{one.name} and {other.name} differ in their blocks"]


def main():
    program = os.path.abspath(sys.argv[1])
    pages = [SCRIPTS / "README.md", SCRIPTS / "README.zh-CN.md"]
    failed = 0
    for what, wrong in [*((page.name, follow(page, program)) for page in pages), ("same blocks", same_blocks(*pages))]:
        print(f"[ RUN      ] tutorial: {what}", flush=True)
        print("\n".join(wrong) + ("\n" if wrong else "") + f"[{'  FAILED  ' if wrong else '       OK '}] tutorial: {what}", flush=True)
        failed += bool(wrong)
    return failed > 0


sys.exit(main())
