#!/usr/bin/env python3
"""Damaged files: damage.py HARNESS CSV_PLUGIN XLSX_PLUGIN [TIMES].

Each file is read TIMES times with other damages each time, the same in every run. A reader may read it or refuse it; it may
not crash, hang, or break the contract of the SDK. Workbooks are stored, not deflated, so that the damage reaches their XML.
"""
import os
import sys
import tempfile

import check
import csv_cases
import workbook as w


def files():
    roster = csv_cases.ROSTER * 3 + 'T03,"代号 ""三""\n两行",\n'
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16le"):
        yield f"csv: {encoding}", "csv", "table.csv", roster.encode(encoding), []
    yield "csv: big5 named", "csv", "table.csv", "編號,學校\nT01,\"國,小\"\n".encode("big5") * 5, ["encoding=big5"]
    yield "csv: big5-hkscs named", "csv", "table.csv", "Ê̄,嘅\nT01,\"國,小\"\n".encode("big5hkscs") * 5, ["encoding=big5-hkscs"]
    yield "csv: gbk named", "csv", "table.csv", roster.encode("gbk"), ["encoding=gbk", "comment=#", "separator=auto"]
    rows = (w.row(1, "名单") + w.row(2, "序号", "学时", "日期")
            + '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>1.25</v></c><c r="C3" s="0"><v>45884.5</v></c></row>'
            + '<row r="4"><c r="A4" t="str"><f>A1</f><v>x</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="d"><v>2025-08-15</v></c></row>')
    sheet = w.sheet(rows, w.merged("A1:C1", "B3:B4"))
    entries = w.parts([("甲", sheet), ("乙", w.sheet(w.row(1, "a")))], strings=w.shared("<r><t>一</t></r><rPh><t>y</t></rPh>", "<t>_x000D_</t>"),
                      formats=w.styles("yyyy-mm-dd", "[h]:mm", 22))
    yield "xlsx: deflated", "xlsx", "book.xlsx", w.archive(entries), []
    yield "xlsx: stored", "xlsx", "book.xlsx", w.archive(entries, stored=True), ["hidden=true"]
    yield "xlsx: in utf-16", "xlsx", "book.xlsx", w.archive(
        [(n, d.replace("UTF-8", "UTF-16").encode("utf-16")) for n, d in entries], stored=True), []


def main():
    harness, plugins = sys.argv[1], {"csv": sys.argv[2], "xlsx": sys.argv[3]}
    times = sys.argv[4] if len(sys.argv) > 4 else "2000"
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, plugin, file_name, data, options in files():
            print(f"[ RUN      ] damaged {name}", flush=True)
            path = os.path.join(folder, file_name)
            with open(path, "wb") as file:
                file.write(data)
            try:
                got = check.run(harness, plugins[plugin], path, f"--damage={times}", *options)
                wrong = [str(line) for line in got if "damaged" not in line]
                for line in got:
                    if "damaged" in line:
                        print(f"{line['damaged']} damages: {line['read']} read, {line['refused']} refused")
                        # A damage that is never seen, or always, tests nothing.
                        if not line["read"] or not line["refused"] or line["read"] + line["refused"] != line["damaged"]:
                            wrong.append(str(line))
            except (AssertionError, ValueError, check.subprocess.TimeoutExpired) as problem:
                wrong = [str(problem)]
            print("\n".join(wrong[:5]), end="\n" if wrong else "")
            failed += bool(wrong)
            print(f"[{'  FAILED  ' if wrong else '       OK '}] damaged {name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
