"""A line for the table of what was tried and what held, where one is kept: see tests/counts."""
import os


def tally(harness, group, tried, contained):
    folder = os.environ.get("HONGZHU_COUNTS")
    if folder:
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, harness + ".tsv"), "a", encoding="utf-8") as file:
            file.write(f"{group}\t{tried}\t{contained}\n")
