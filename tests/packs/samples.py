#!/usr/bin/python3
"""The sample files in the tree are those that make.py makes."""
import pathlib
import subprocess
import sys
import tempfile

from region import SOURCE, Checks


def main():
    check = Checks()
    made_by = [(maker, [], maker.parent) for maker in sorted((SOURCE / "scripts/regions").glob("*/samples/make.py"))]
    made_by += [(SOURCE / "scripts/regions/ganzhou/samples/make.py", ["--told"], SOURCE / "tests/told/files")]
    for maker, told, tree in made_by:
        with tempfile.TemporaryDirectory(prefix="samples-") as folder:
            subprocess.run([sys.executable, str(maker), *told, folder], check=True)
            made = sorted(pathlib.Path(folder).iterdir())
            check.same(f"{tree.relative_to(SOURCE)}: files are made", True, len(made) > 4)
            for file in made:
                kept = tree / file.name
                check.same(f"{kept.relative_to(SOURCE)}: the same bytes", True, kept.exists() and kept.read_bytes() == file.read_bytes())
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
