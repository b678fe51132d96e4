#!/usr/bin/env python3
"""The report of a hostile pack and hostile files (tests/files/inject.py), opened in a browser, which reads markup otherwise than
a parser in a test does: nothing runs, nothing is made of a text but a text, and the page's policy has nothing to refuse.

    hostile.py HONGZHU

So that it is known to see: the same page with one text let through as markup must be found out.
"""
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "files"))
from browser import Browser, Failed  # noqa: E402
from inject import TEXT, Bench, Page, prepare  # noqa: E402

WRONG = """
const made = [...document.querySelectorAll(arguments[0])].map(e => "an element " + e.localName);
for (const e of document.querySelectorAll("*")) for (const a of e.attributes) {
  if (a.name.startsWith("on")) made.push("an attribute " + a.name);
  if (["href", "src", "xlink:href", "action"].includes(a.name) && !a.value.startsWith("#")) made.push("a link to " + a.value);
}
return made;"""


def wrong(browser, path):
    """What a browser makes of a page that a report must not have."""
    try:
        browser.open(path.as_uri())
        for details in browser.elements("details"):
            browser.of(details, "it.open = true;")
        return browser.run(WRONG, ",".join(sorted(Page.PLAIN))) + browser.messages()
    except Failed as failed:  # an alert stands in the way
        return [str(failed)]


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix="hongzhu-page-") as folder, Browser() as browser:
        bench = Bench(os.path.abspath(sys.argv[1]), folder)
        prepare(bench)
        code, _, said = bench.run("report", "all", "C1", "--on", "2025-12-31", "--detail", "full", "--output", "report.html")
        assert code == 0, said
        report = pathlib.Path(folder, "report.html")
        text = report.read_text("utf-8")
        found = wrong(browser, report)
        shown = browser.run("return document.body.textContent;")
        if "<script>alert(1)</script>" not in shown or "<img src=x onerror=alert(2)>" not in shown:
            found.append("the hostile text is not shown as it is")
        print(f"[{'  FAILED  ' if found else '       OK '}] page: a hostile report: {found[:5]}")
        failed += bool(found)
        for name, old, new in (("a script", "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
                               ("a picture", "&lt;img src=x onerror=alert(2)&gt;", "<img src=x onerror=alert(2)>")):
            let = pathlib.Path(folder, "let.html")
            head, mark, body = text.partition("<body")
            assert mark and old in body, f"{TEXT!r} is not in the report"
            let.write_text(head + mark + body.replace(old, new, 1), "utf-8")
            seen = wrong(browser, let)
            print(f"[{'       OK ' if seen else '  FAILED  '}] page: {name} that was let through is seen: {seen[:2]}")
            failed += not seen
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
