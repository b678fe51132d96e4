#!/usr/bin/env python3
"""Hostile texts in every text that can be shown: inject.py --program HONGZHU.

A pack and a file have a hostile text in every text field: a formula, markup, a script, an attribute's end, escape codes of a
terminal, controls of C0 and C1, signs that turn text around. Every command that `hongzhu --help` lists is run on them, with
a hostile argument too, in both languages and as JSON; a command that this test has no line for fails it. What comes out:

    on a terminal   no control character but the end of a line, nothing that turns text around
    as HTML         the elements and attributes that the writer itself makes, no script, no link out, no handler; a policy
    as a table      no cell that a spreadsheet takes for a formula; negative numbers stay numbers

The last line counts; with HONGZHU_COUNTS it goes to attack_file.tsv in that folder.
"""
import argparse
import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from tally import tally  # noqa: E402

# Without controls, for fields that refuse them when a pack is checked; and with them, for cells of files.
TEXT = "=1+1|<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b onclick=x>&lt;\u202e\u2066\u2028\u200f@"
CONTROLS = "\x1b]0;owned\x07\x1b[31m\x9b31m\x08\x7f"
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", "＋1+1", "－1+1", "＠A1", " =1+1", '"=1+1', "\u3000=1", "=cmd|' /C calc'!A0"]
TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def lua(text):
    return '"' + "".join(c if 32 <= ord(c) < 127 and c not in '"\\' else "".join(f"\\x{b:02x}" for b in c.encode()) for c in text) + '"'


H = lua(TEXT)
BOTH = f"{{ zh = {H}, en = {H} }}"
PACK = {
    "pack.lua": f'return pack {{ id = "hostile", version = {H}, api = 1, title = {BOTH} }}',
    "all.lua": f"""return {{
  kinds {{
    class = {{ type = "programme", title = {BOTH} }}, run = {{ type = "cohort", title = {BOTH} }},
    place = {{ type = "enrollment", title = {BOTH}, attributes = {{ theme = {{ type = "text", title = {BOTH} }}, remark = {{ type = "text", title = {BOTH} }} }} }},
    school = {{ type = "organization", title = {BOTH} }}, teaching = {{ type = "post", title = {BOTH} }},
    hours = {{ of = {{ "enrollment" }}, unit = "学时", decimals = 1, title = {BOTH}, level = true, attributes = {{ quality = {{ type = "text", title = {BOTH} }} }} }},
    talk = {{ of = {{ "person" }}, unit = "学时", title = {BOTH} }}, mentor = {{ type = "relation", title = {BOTH} }},
    certificate = {{ of = "enrollment", title = {BOTH}, status = {{ "in_force", "revoked" }}, attributes = {{ number = "text", reason = "text" }} }},
  }},
  scales {{ level = {{ {{ "school", zh = {H}, en = {H} }}, {{ "county", zh = {H}, en = {H} }} }} }},
  units {{ ["学时"] = {{ zh = {H}, en = {H} }} }},
  parameters {{ enough = {{ title = {BOTH}, unit = "学时", {{ from = "2020-01-01", value = 10, source = {H} }} }},
    other = {{ title = {BOTH}, unit = "学时", {{ from = "2020-01-01", value = 10, assumed = {BOTH} }} }} }},
  organizations {{ {{ code = "S0", name = {H}, kind = "school", aliases = {{ {lua("a" + TEXT)} }} }} }},
  programmes {{ {{ code = "P0", name = {lua("p" + TEXT)}, kind = "class", cohorts = {{ {{ code = "C0", name = {lua("c" + TEXT)}, kind = "run" }} }} }} }},
  adapter {{ id = "roster", title = {BOTH}, reader = {{ "csv" }}, key = {{ "person" }}, introduces = {{ "person", "organization", "programme", "cohort", "enrollment" }},
    organization = {{ kind = "school", name = column "学校" }}, person = {{ code = column "编号", name = column "姓名", school = column "学校" }},
    programme = {{ code = column "项目", name = column "项目名", kind = "class" }}, cohort = {{ code = column "批次", name = column "批次名", kind = "run" }},
    post = {{ kind = "teaching" }}, enrollment = {{ kind = "place", attributes = {{ theme = column "主题", remark = column "备注" }} }},
    record = {{ kind = "hours", of = "enrollment", on = day "日期", amount = amount "学时", attributes = {{ quality = column "质量" }} }} }},
  adapter {{ id = "talks", title = {BOTH}, reader = {{ "csv" }}, key = {{ "person" }}, person = {{ code = column "人员代码", name = column "人员姓名" }},
    record = {{ kind = "talk", on = day "讲座日期", amount = amount "讲座学时" }} }},
  rule {{ id = "done", of = "enrollment", title = {BOTH}, needs = {{ {{ "hours", records {{ kind = "hours" }}:at_least(P.enough), zh = {H}, en = {H} }},
    {{ "other", records {{ kind = "hours" }}:at_least(P.other), zh = {H}, en = {H} }} }} }},
  figures {{ people = {{ of = "cohort", title = {BOTH}, unit = {H}, definition = {BOTH}, from = "enrollment", measure = {{ distinct = "person" }} }},
    hours = {{ of = "cohort", title = {BOTH}, unit = "学时", from = "record", where = {{ kind = "hours" }}, measure = {{ sum = "amount" }} }},
    said = {{ title = {BOTH}, unit = {H}, measure = {{ value = 300, bound = "at_least", source = {H} }} }} }},
  report {{ id = "all", of = "cohort", title = {BOTH}, blocks = {{
    heading {{ level = 1, zh = {H}, en = {H} }}, paragraph {{ zh = {H} .. "{{people}}", en = {H} .. "{{people}}" }}, note {{ zh = {H} .. "{{said}}", en = {H} .. "{{said}}" }},
    key_figures {{ "people", "hours", "said" }},
    table {{ title = {BOTH}, by = "enrollment.theme", figures = {{ "people", "hours" }}, total = true }},
    chart {{ kind = "column", title = {BOTH}, by = "enrollment.theme", figures = {{ "people" }} }},
    chart {{ kind = "share", title = {BOTH}, by = "enrollment.theme", figures = {{ "people" }} }},
    chart {{ kind = "bar", title = {BOTH}, by = "enrollment.theme", figures = {{ "people" }} }},
    table {{ title = {BOTH}, from = "enrollment", order = {{ "person.code" }}, columns = {{ {{ title = {BOTH}, value = "person.code" }}, {{ title = {BOTH}, value = "person.name" }},
      {{ title = {BOTH}, value = "school.name" }}, {{ title = {BOTH}, value = "theme" }}, {{ title = {BOTH}, value = "remark" }}, {{ title = {BOTH}, value = "cohort.name" }} }} }} }} }},
}}""",
}


def roster(rows):
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["编号", "姓名", "学校", "项目", "项目名", "批次", "批次名", "主题", "备注", "日期", "学时", "质量"])
    table.writerows(rows)
    return out.getvalue()


def people():
    for i, formula in enumerate([TEXT, CONTROLS + TEXT, *FORMULAS]):
        one = formula.strip() or "x"
        yield [f"T{i}" if i else TEXT, one + str(i), f"学校{i}" + one, "P1", TEXT, "C1", TEXT, one, one, "2025-03-01", "2", one]


class Page(html.parser.HTMLParser):
    """What an HTML report must not have."""
    PLAIN = {"script", "iframe", "object", "embed", "form", "input", "base", "link", "img", "foreignobject", "b", "applet", "frame"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wrong, self.policy = [], ""

    def handle_starttag(self, tag, attrs):
        if tag in self.PLAIN:
            self.wrong.append(f"an element {tag}")
        for name, value in attrs:
            if name.startswith("on"):
                self.wrong.append(f"an attribute {name} of {tag}")
            if name in ("href", "src", "xlink:href", "action") and not (value or "").startswith("#"):
                self.wrong.append(f"a link to {value!r}")
            if tag == "meta" and (dict(attrs).get("http-equiv") or "").lower() == "content-security-policy":
                self.policy = dict(attrs).get("content") or ""


def wrong_on_terminal(said):
    return sorted({hex(ord(c)) for c in said if c != "\n" and (unicodedata.category(c) == "Cc" or c in TURNING)})


def wrong_html(said):
    page = Page()
    page.feed(said)
    page.close()
    if "default-src 'none'" not in page.policy:
        page.wrong.append(f"the policy {page.policy!r}")
    return page.wrong


NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?$")


def wrong_table(said):
    wrong = []
    for row in csv.reader(io.StringIO(said.lstrip("\ufeff"), newline="")):
        for cell in row:
            bare = cell.lstrip(" \u00a0\u3000\t\r\n\x00\ufeff\u200b\"")
            if cell[:1] in ("\t", "\r", "\n") or (bare[:1] in tuple("=+-@＝＋－＠") and not NUMBER.match(cell) and not cell.startswith("'")):
                wrong.append(f"a cell {cell[:60]!r}")
    return wrong


# A line for each command: its usual arguments; those of every command are also tried with a hostile word behind them.
LINES = {
    "completion": [["bash"], ["--list", "--", "hongzhu", "report", TEXT]], "manual": [["import"]],
    "init": [["--ledger", "x.db"]], "import": [["more.csv"], ["--review", "review.csv", "unknown.csv"], ["--accept-good", "--rejected", "rejected.csv", "bad.csv"]],
    "undo": [["1000"]], "log": [[], ["--access"], ["--of", TEXT]], "status": [[]],
    "pack list": [[]], "pack show": [[], ["hostile"]], "pack new": [["made"]], "pack check": [["pack"], ["broken"]], "pack test": [["pack"]], "pack use": [["pack", "--from", "2021-01-01"]],
    "evaluate": [["--on", "2025-12-31"]], "explain": [["T1", "--on", "2025-12-31"], [TEXT, "--on", "2025-12-31", "--detail", "full", "--all"]],
    "trace": [["people", "C1", "--detail", "full", "--on", "2025-12-31"], ["hours", "C1", "--on", "2025-12-31", "--by", "enrollment.theme"]],
    "compare": [["--set", "enough=1", "--on", "2025-12-31", "--people", "people.csv"]],
    "report": [["all", "C1", "--on", "2025-12-31", "--detail", "full", "--format", f, *o] for f, o in
               (("text", []), ("csv", ["--output", "report.csv"]), ("html", ["--output", "report.html"]))]
              + [["all", "C1", "--on", "2025-12-31", "--issue", "--format", "html"]],
    "certificate issue": [["done", "C1"]], "certificate list": [[]], "certificate check": [["1"]], "certificate revoke": [["1"]],
    "verify": [[]], "backup": [["backup.hongzhu"]], "restore": [["backup.hongzhu", "--ledger", "restored.db"]], "doctor": [[]],
    "person show": [["T1", "--detail", "full"], [TEXT, "--detail", "full"]], "person merge": [["T1", "T2"]],
    "plugin list": [[]], "plugin show": [["csv"]], "plugin new": [["made_plugin"]], "plugin check": [["pack/all.lua"]], "plugin note": [[TEXT]],
}


class Bench:
    def __init__(self, program, folder):
        self.program, self.folder, self.tried, self.failed = program, folder, 0, []
        self.environment = {"PATH": os.environ["PATH"], "TZ": "UTC", "LC_ALL": "C.UTF-8", "HOME": folder, "HONGZHU_LEDGER": os.path.join(folder, "t.db"),
                            "HONGZHU_PACKS": folder}

    def write(self, name, text):
        os.makedirs(os.path.dirname(os.path.join(self.folder, name)) or ".", exist_ok=True)
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
                              env=self.environment, timeout=120, check=False)
        return done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="surrogateescape")

    def judge(self, what, wrong):
        self.tried += 1
        if wrong:
            self.failed.append(what)
            print(f"[  FAILED  ] {what!r}: {wrong[:5]}".encode(errors="backslashreplace").decode())

    def look(self, command, arguments, language):
        plain = ["--lang", language, *command.split(), *arguments]
        code, out, error = self.run(*plain)
        page = out.lstrip("\ufeff").startswith("<!")  # HTML has no controls; signs that turn text around belong to it
        shown = "".join(c for c in out if c not in TURNING) if page or command in ("manual", "completion") else out
        self.judge(" ".join(plain), wrong_on_terminal(shown.replace("\t", "") if command == "completion" else shown) + wrong_on_terminal(error) + ([f"exit {code}"] if code not in range(0, 6) else []))
        if page:
            self.judge("html of " + " ".join(plain), wrong_html(out))
        return code, out, error


def prepare(bench):
    for name, text in PACK.items():
        bench.write("pack/" + name, text)
    bench.write("broken/pack.lua", PACK["pack.lua"].replace('"hostile"', '"broken"'))
    bench.write("broken/all.lua", f"return {{ rule {{ id = {H}, of = {H}, [{H}] = 1 }}, kinds {{ [{H}] = {{ of = {{ {H} }} }} }}, parameters {{ [{H}] = {H} }} }}")
    rows = list(people())
    bench.write("roster.csv", roster(rows))
    name = "<b>=1\x1b[31m\u202e.csv"
    bench.write(name, roster(rows).replace("2025-03-01,2,", "2025-04-01,3,"))
    bench.write("more.csv", roster([["T1", "另", *row[2:]] for row in rows[:2]]))
    out = io.StringIO()
    csv.writer(out).writerows([["人员代码", "人员姓名", "讲座日期", "讲座学时"], *([f"Z{i}{f}", f, "2025-05-01", "1"] for i, f in enumerate([TEXT, *FORMULAS]))])
    bench.write("unknown.csv", out.getvalue())
    bench.write("bad.csv", roster([[*row[:9], row[1], row[1], row[1]] for row in rows] + [[f"N{i}", f, "学校", "P1", "", "C1", "", f, f, f, f, f] for i, f in enumerate(FORMULAS)]))
    for arguments in (["init"], ["pack", "use", "pack", "--from", "2020-01-01"], ["import", "roster.csv", "--note", TEXT], ["import", "--", name], ["evaluate", "--on", "2025-12-31"]):
        code, out, error = bench.run(*arguments)
        assert code in (0, 1), (arguments, out, error)
        bench.judge(" ".join(arguments), wrong_on_terminal(out + error))


def commands(bench):
    _, out, _ = bench.run("--lang", "en", "--help")
    return re.findall(r"^  ([a-z]+(?: [a-z]+)?)  +\S", out, re.M)


def files(bench):
    for at, _, names in os.walk(bench.folder):
        for name in names:
            path = os.path.join(at, name)
            if name in ("rejected.csv", "review.csv", "report.csv", "people.csv"):
                with open(path, encoding="utf-8", newline="") as file:
                    bench.judge(name, wrong_table(file.read()))
            if name.endswith(".html"):
                with open(path, encoding="utf-8", newline="") as file:
                    bench.judge(name, wrong_html(file.read()))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="hongzhu-inject-") as folder:
        bench = Bench(os.path.abspath(given.program), folder)
        print("[ RUN      ] inject", flush=True)
        prepare(bench)
        listed = commands(bench)
        bench.judge("a command without a line", sorted(set(listed) ^ set(LINES)))
        for command in listed:
            for arguments in LINES.get(command, []):
                for language in ("zh", "en"):
                    bench.look(command, arguments, language)
                code, out, _ = bench.run("--lang", "en", "--json", *command.split(), *arguments)
                if out.strip() and not out.startswith("<!"):
                    try:
                        json.loads(out)
                    except ValueError:
                        bench.judge("JSON of " + command, ["is none"] if code == 0 and "--format" not in arguments else [])
                bench.judge("JSON on a terminal of " + command, [w for w in wrong_on_terminal(out) if "--format" not in arguments])
            bench.look(command, [TEXT + CONTROLS], "en")
            bench.look(command, ["--" + TEXT + CONTROLS], "zh")
        bench.look(TEXT.split()[0] + CONTROLS, [], "en")
        files(bench)
        for name in ("rejected.csv", "review.csv", "report.csv", "people.csv", "report.html"):
            bench.judge(f"{name} was written", [] if os.path.exists(os.path.join(folder, name)) else ["it is not there"])
        contained = bench.tried - len(bench.failed)
        print(f"[{'  FAILED  ' if bench.failed else '       OK '}] inject", flush=True)
    print(f"attack_file: injection: {bench.tried} tried, {contained} contained")
    tally("attack_file", "injection", bench.tried, contained)
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
