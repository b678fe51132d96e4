#!/usr/bin/env python3
"""Ctrl-C on a terminal stops import, evaluate, compare and report at once and leaves nothing half done.

Each command runs on a terminal of its own and is sent the key at moments further and further into its work, until it is
faster than that. Afterwards the ledger says what it said before, the folder holds what it held, and the command can be
given again. Progress is shown on the terminal, with its rate; nothing of it where standard error is a pipe.

usage: interrupt.py --program HONGZHU --source TREE [--people N]
Prints a line per promise tried; the last line is `N passed, N failed`.
"""
import argparse
import os
import pty
import select
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

from whole import Whole, finish

DAY = "2025-12-31"
SAID = "stopped: what was not finished is not kept / 已停止：未完成的操作不会保留"
AT_ONCE = 30  # seconds, on a machine that does much else


def on_terminal(whole, words, seconds):
    """Runs a command on a terminal, presses Ctrl-C after so long: its exit status, what it said, how long it took to end."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(whole.folder)
        os.execve(whole.program, [whole.program, *words], {**whole.environment, "HONGZHU_LEDGER": "hongzhu.db"})
    said, pressed, last, began, status = b"", 0.0, 0.0, time.monotonic(), None
    while status is None:
        now = time.monotonic()
        if now - began >= seconds and now - last >= 0.05:  # again where the terminal was nobody's yet
            os.write(terminal, b"\x03")
            last = now
            pressed = pressed or now
        if select.select([terminal], [], [], 0.005)[0]:
            try:
                said += os.read(terminal, 65536)
            except OSError:
                pass
        ended, status_now = os.waitpid(process, os.WNOHANG)
        if ended:
            status = status_now
    lasted = time.monotonic() - pressed if pressed else 0
    while select.select([terminal], [], [], 0)[0]:
        try:
            more = os.read(terminal, 65536)
        except OSError:
            break
        if not more:
            break
        said += more
    os.close(terminal)
    return status, said.decode("utf-8", "replace"), lasted


def state(whole):
    """What the ledger says, and which files there are; what SQLite and the subject file keep beside it comes and goes."""
    base = sqlite3.connect(whole.path("hongzhu.db"))
    counts = {}
    for (table,) in base.execute("select name from sqlite_schema where type = 'table'").fetchall():
        counts[table] = base.execute(f'select count(*) from "{table}"').fetchone()[0]
    base.close()
    files = sorted(name for name in os.listdir(whole.folder)
                   if not name.endswith(("-wal", "-shm", ".subjects", ".subjects.new", ".access")))
    return counts, files


def made_up(whole, people):
    with open(whole.path("people.csv"), "w", encoding="utf-8") as file:
        file.write("编号,姓名,学校,参加工作,层级\n")
        file.writelines(f"P{person:06},,S{1 + person % 2},{2000 + person % 25}-09-01,backbone\n" for person in range(people))
    with open(whole.path("training.csv"), "w", encoding="utf-8") as file:
        file.write("序号,编号,日期,级别,学时\n")
        file.writelines(f"{record},P{record % people:06},2025-{1 + record % 12:02}-{1 + record % 28:02},county,{record % 30}\n"
                        for record in range(people * 4))


def stopped(whole, what, words, again):
    before, caught, late = state(whole), 0, False
    for seconds in (0.01, 0.03, 0.06, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4):
        status, said, lasted = on_terminal(whole, words, seconds)
        if not os.WIFSIGNALED(status):
            late = True
            break  # it was done before
        caught += 1
        if state(whole) != before and again():
            late = True  # stopped when all of it was kept already, before it could say so
            break
        good = os.WTERMSIG(status) == signal.SIGINT and lasted < AT_ONCE and said.count(SAID) <= 1
        # before the program has begun to listen the system's own way of stopping says nothing
        good = good and (SAID in said or seconds < 0.1) and state(whole) == before
        if not good:
            print(f"  after {seconds} s: status {status}, {lasted:.2f} s, {state(whole)} for {before}\n{said}")
            whole.check(f"{what}: stopped after {seconds} s leaves nothing half done", False)
            return
    whole.check(f"{what}: stopped at {caught} moments, nothing is left half done", caught > 0)
    if not late:
        on_terminal(whole, words, 1e9)
    whole.check(f"{what}: given again it is done", again())


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--program", required=True)
    words.add_argument("--source", required=True)
    words.add_argument("--people", type=int, default=4000)
    given = words.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a key pressed before the program is there stops what becomes it
    with tempfile.TemporaryDirectory(prefix="interrupt-") as folder:
        whole = Whole(given.program, given.source, folder)
        shutil.copytree(os.path.join(given.source, "tests/told/files/tried-pack"), whole.path("tried"))
        os.mkdir(whole.path("tried/reports"))
        with open(whole.path("tried/reports/list.lua"), "w", encoding="utf-8") as file:
            file.write('return { figures { all = { of = "organization", title = { zh = "记录", en = "records" }, from = "record", measure = "count" } },\n'
                       '  report { id = "list", of = "organization", title = { zh = "表", en = "list" }, blocks = { key_figures { "all" },\n'
                       '    table { title = { zh = "表", en = "list" }, from = "record", columns = {\n'
                       '      { title = { zh = "人", en = "who" }, value = "person" }, { title = { zh = "日", en = "day" }, value = "since" } } } } } }\n')
        made_up(whole, given.people)
        whole.run("init")
        whole.run("pack", "use", "tried", "--from", "2020-01-01")
        whole.run("import", "people.csv")

        def count(table):
            return state(whole)[0][table]
        records = count("record")
        stopped(whole, "import", ["import", "training.csv"], lambda: count("record") == records + 4 * given.people)
        stopped(whole, "evaluate", ["evaluate", "--on", DAY], lambda: count("decision") > 0)  # some of a rule in a row
        stopped(whole, "compare", ["compare", "--on", DAY, "--set", "needed=42", "--people", "changed.csv"],
                lambda: os.path.exists(whole.path("changed.csv")))
        stopped(whole, "report", ["report", "list", "B", "--on", DAY, "--format", "csv", "--output", "list.csv"],
                lambda: os.path.exists(whole.path("list.csv")))
        whole.check("what was begun of the subject file is gone", not os.path.exists(whole.path("hongzhu.db.subjects.new")))
        whole.check("the ledger is whole", whole.ended("verify").returncode == 0)
        _, shown, _ = on_terminal(whole, ["verify"], 1e9)
        whole.check("progress is shown on a terminal", "\r\033[K" + "checked " in shown)
        shutil.copy(whole.path("training.csv"), whole.path("again.csv"))
        with open(whole.path("again.csv"), "a", encoding="utf-8") as file:
            file.write(f"{4 * given.people},P000000,2025-01-01,county,1\n")
        _, shown, _ = on_terminal(whole, ["import", "again.csv"], 1e9)
        whole.check("and then that it is stored", f"rows read {4 * given.people + 1:,}, storing" in shown)
        _, shown, _ = on_terminal(whole, ["import", "--dry-run", "training.csv"], 1e9)
        whole.check("an import says how much of its file was read", "%" in shown)
        quiet = whole.ended("compare", "--on", DAY, "--set", "needed=42")
        whole.check("nothing of it where standard error is a pipe", quiet.returncode == 0 and quiet.stderr == b"")
        caught = subprocess.run(["bash", "-c", '"$0" compare --on 2025-12-31 --set needed=42 & sleep 0.05; kill -INT $!; wait $!',
                                 whole.program], cwd=folder, env={**whole.environment, "HONGZHU_LEDGER": "hongzhu.db"},
                                capture_output=True, check=False)
        whole.check("one that is started in the background, where Ctrl-C is ignored, goes on", caught.returncode == 0)
    finish(whole)


if __name__ == "__main__":
    main()
