"""The plain ways of doing the same work, each over a file of its own: how they are made, asked, and what they decided."""
import datetime
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
DUCKDB = "@duckdb/node-api@1.5.6-r.1"
PYTHON = "/usr/bin/python3"  # that of the system, where Debian's pandas is


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


def rule_sql(required, least):
    with open(os.path.join(HERE, "rule.sql"), encoding="utf-8") as file:
        text = file.read()
    year = "case " + " ".join(f"when day < {day(f'{y + 1}-01-01')} then {y}" for y in range(2021, 2025)) + " else 2025 end"
    for word, said in (("{required}", str(required * 10)), ("{year}", year), ("{first}", str(day("2021-01-01"))),
                       ("{last}", str(day("2026-01-01"))), ("{novice}", str(day("2025-01-01"))), ("least_of(", least + "(")):
        text = text.replace(word, said)
    return text


def compare_sql(before, after, least):
    return ("select count(*), sum(case when b.met and not a.met then 1 else 0 end),"
            f" sum(case when a.met and not b.met then 1 else 0 end) from (\n{rule_sql(before, least)}) a"
            f" join (\n{rule_sql(after, least)}) b on b.person = a.person;\n")


def lines_sql(required, least):
    """A line per person as every contender writes them: hours in millionths."""
    def hours(column):
        return f"cast({column} * 100000 as bigint)"
    years = " || ".join(f"' year=' || {hours(f'y{year}')}" for year in range(1, 6))
    return ("select 'P' || substr('000000' || person, -7) || case when met then ' met' else ' unmet' end || ' total=' || "
            f"{hours('total')} || ' needed=' || case when novice then '120000000' else '{required}000000' || {years}"
            f" || ' practice=' || {hours('practice')} end from (\n{rule_sql(required, least)}) order by person;\n")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Contenders:
    """`bench` runs commands; a contender that cannot be had here says why in `missing` and is left out."""

    def __init__(self, bench, modules):
        self.bench, self.modules, self.missing = bench, modules, []
        self.duck = self.have_duck()
        self.pandas = self.have_pandas()

    def have_duck(self):
        if not shutil.which("node") or not shutil.which("npm"):
            self.missing.append("DuckDB: there is no node and npm")
            return False
        if not os.path.isdir(os.path.join(self.modules, "node_modules/@duckdb/node-api")):
            os.makedirs(self.modules, exist_ok=True)
            write(os.path.join(self.modules, "package.json"), '{ "private": true }\n')
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-save", DUCKDB], cwd=self.modules,
                                  capture_output=True, text=True, check=False)
            if done.returncode:
                self.missing.append(f"DuckDB: npm could not fetch {DUCKDB}: {done.stderr.strip().splitlines()[-1:]}")
                return False
        self.bench.environment["HONGZHU_BENCH_MODULES"] = self.modules
        self.bench.environment["HONGZHU_BENCH_THREADS"] = str(os.cpu_count())
        return True

    def have_pandas(self):
        done = subprocess.run([PYTHON, "-c", "import pandas"], capture_output=True, check=False)
        if done.returncode:
            self.missing.append("pandas: there is no python3-pandas")
        return done.returncode == 0

    def duckdb(self, *words, output=None):
        return self.bench.run("node", os.path.join(HERE, "duck.mjs"), *words, output=output)

    def load_duck(self, database, folder):
        if os.path.exists(self.bench.path(database)):
            os.remove(self.bench.path(database))
        self.duckdb("load", database, folder)

    def load(self):
        """Rows for the scan in C, SQL and plain Lua; DuckDB; a frame for pandas."""
        self.bench.run(self.bench.scan, "load", "rows.db", ".")
        if self.duck:
            self.load_duck("duck.db", ".")
        if self.pandas:
            self.bench.run(PYTHON, os.path.join(HERE, "pandas_rule.py"), "load", "frame.pickle", "rows.db")

    def verdicts(self, required):
        """What each decided, a file of lines each: name -> file."""
        bench, files = self.bench, {}

        def lines(name, file, *words):
            bench.run(*words, output=file)
            files[name] = file
        lines("C scan of rows in SQLite", "scan.lines", bench.scan, "verdicts", "rows.db", str(required))
        sql = write(bench.path("sqlite.lines.sql"), lines_sql(required, "min"))
        lines("SQL in SQLite", "sql.lines", "sqlite3", "rows.db", f".read {sql}")
        lines("plain Lua", "lua.lines", "lua5.4", os.path.join(HERE, "rule.lua"), "rows.txt", "people.csv", "verdicts")
        if self.duck:
            sql = write(bench.path("duck.lines.sql"), lines_sql(required, "least"))
            self.duckdb("lines", "duck.db", sql, output="duck.lines")
            files["DuckDB"] = "duck.lines"
        if self.pandas:
            lines("pandas", "pandas.lines", PYTHON, os.path.join(HERE, "pandas_rule.py"), "verdicts", "frame.pickle",
                  str(required))
        return files

    def compare_duck(self, database, before, after, table, start):
        sql = write(self.bench.path("duck.sql"), compare_sql(before, after, "least"))
        taken, said = self.duckdb("query", database, sql, output="counts")
        table.add("DuckDB, whole process less its host's start", taken.less(start))
        table.add("DuckDB, the query alone", type(taken)(int(said.split()[-1]) / 1e9, 0))
        return self.counts()

    def counts(self):
        """How many people, gain, lose: what a contender of `compare` printed."""
        with open(self.bench.path("counts"), encoding="utf-8") as file:
            return [int(word) for word in file.read().replace("|", " ").split()]

    def compare_plain(self, before, after, table, slow):
        """The others, one round; the slow ones where they are asked for. Returns what each counted."""
        bench, counted = self.bench, {}

        def one(name, *words):
            table.add(name, bench.run(*words, output="counts")[0])
            counted[name] = self.counts()
        one("C scan of rows in SQLite, twice", bench.scan, "compare", "rows.db", str(before), str(after))
        if slow:
            sql = write(bench.path("sqlite.sql"), compare_sql(before, after, "min"))
            one("SQL in SQLite", "sqlite3", "rows.db", f".read {sql}")
            if self.pandas:
                one("pandas", PYTHON, os.path.join(HERE, "pandas_rule.py"), "compare", "frame.pickle", str(before), str(after))
        return counted
