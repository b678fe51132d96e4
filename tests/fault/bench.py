"""What the harnesses of this folder share: a ledger of ten rows, works on it, and a judge of what a fault left behind."""
import collections
import ctypes
import hashlib
import mmap
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES = ["alloc", "read", "write", "sync", "rename", "map", "open", "truncate", "spawn", "make", "lock", "step"]
DAY = "2025-12-31"
SECONDS = 60  # a command that takes longer hangs
TRANSIENT = ("-wal", "-shm")  # SQLite's own: they may stay where a process was ended, and go with the next that writes

Work = collections.namedtuple("Work", "name base words outputs repeat")
# `base` is the state that the work begins with, as a work of that name left it, or "behind": as `correct` left it, with the
# subject file of before, from which the next one is made; `repeat` the exit code of the same words once it is done (None: not tried,
# because they make something new).
WORKS = [
    Work("init", "nothing", ["init"], [], 3),
    Work("pack", "init", ["pack", "use", "PACK", "--from", "2025-01-01"], [], None),
    Work("import", "pack", ["import", "rows.csv"], [], 0),
    Work("correct", "import", ["import", "corrected.csv"], [], 0),
    Work("undo", "correct", ["undo", "3"], [], 1),
    Work("evaluate", "import", ["evaluate", "--on", DAY], [], 0),
    Work("report", "evaluate", ["report", "lessons", "B", "--on", DAY, "--output", "a.html"], ["a.html"], 0),
    Work("issue", "evaluate", ["report", "lessons", "B", "--on", DAY, "--output", "a.html", "--issue"], ["a.html"], None),
    Work("verify", "issue", ["verify"], [], 0),
    Work("status", "evaluate", ["status", "--on", DAY], [], 0),
    Work("renew", "behind", ["evaluate", "--on", DAY], [], 0),
]
WORK = {work.name: work for work in WORKS}

Ran = collections.namedtuple("Ran", "code out err counts reached name hung")


class Counts:
    """The page in which the preloaded library counts."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "counts")
        self.size = 8 * (len(CLASSES) + 2) + 32
        with open(self.path, "wb") as file:
            file.write(bytes(4096))
        self.file = open(self.path, "r+b")
        self.page = mmap.mmap(self.file.fileno(), 4096)

    def clear(self):
        self.page[: self.size] = bytes(self.size)

    def read(self):
        numbers = struct.unpack_from(f"<{len(CLASSES) + 2}Q", self.page)
        name = self.page[8 * len(numbers) : self.size].split(b"\0")[0].decode()
        counts = dict(zip(CLASSES, numbers))
        counts["bytes"] = numbers[-2]
        return counts, numbers[-1] != 0, name


def files_of(folder):
    found = {}
    for root, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(root, name), folder) + "/"] = b""
        for name in files:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def digest_of(files):
    whole = hashlib.blake2b()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + str(len(files[name])).encode() + b"\0" + files[name])
    return whole.hexdigest()


def dump_of(folder):
    """Every row of the ledger; None where there is none. The key is another one with every `init`."""
    path = os.path.join(folder, "hongzhu.db")
    if not os.path.exists(path):
        return None
    base = sqlite3.connect(path)
    try:
        tables = sorted(row[0] for row in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        return {table: sorted(map(repr, base.execute(f'SELECT * FROM "{table}"'))) for table in tables if table != "identity"}
    finally:
        base.close()


class Bench:
    """A folder with the program, the plugins that the works need, and the state that each work begins with."""

    def __init__(self, program, library):
        self.folder = tempfile.mkdtemp(prefix="hongzhu-fault-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        build = os.path.dirname(os.path.abspath(program))
        # A work that does not write a report starts no worker for a plugin that would.
        self.program, self.writing = (self.place(build, program, plugins) for plugins in (("csv",), ("csv", "html")))
        self.library = os.path.abspath(library) if library else None
        self.counts = Counts(self.folder)
        self.bases, self.dumps, self.good, self.judged, self.heard = {}, {}, {}, {}, {}
        self.work_folder = os.path.join(self.folder, "work")
        self.prepare()

    def place(self, build, program, plugins):
        place = os.path.join(self.folder, "with-" + "-".join(plugins))
        os.makedirs(os.path.join(place, "plugins"))
        open(os.path.join(place, "CMakeCache.txt"), "w").close()  # by this a build folder is known: core/base/program.h
        for plugin in plugins:
            shutil.copy(os.path.join(build, "plugins", plugin + ".so"), os.path.join(place, "plugins"))
        shutil.copy(program, place)
        return os.path.join(place, "hongzhu")

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- running ----

    def environment(self, order=None):
        environment = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "HONGZHU_LANG": "en", "PATH": os.environ["PATH"],
                       "TMPDIR": os.path.join(self.work_folder, "tmp")}
        if self.library:
            environment.update(LD_PRELOAD=self.library, HONGZHU_FAULT=order or "here:count:step:0",
                               HONGZHU_FAULT_COUNTS=self.counts.path)
        return environment

    def words(self, work):
        program = self.writing if work.name in ("report", "issue", "verify") else self.program
        return [program] + [os.path.join(HERE, "pack") if word == "PACK" else word for word in work.words]

    def start(self, words, order=None):
        self.counts.clear()
        return subprocess.Popen(words, cwd=self.work_folder, env=self.environment(order), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process):
        hung = False
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            hung = True
            process.kill()
            out, err = process.communicate()
        counts, reached, name = self.counts.read()
        return Ran(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"), counts, reached, name, hung)

    def run(self, words, order=None):
        return self.finish(self.start(words, order))

    def lay(self, base):
        """The work folder as it is before a work."""
        shutil.rmtree(self.work_folder, ignore_errors=True)
        shutil.copytree(self.bases[base], self.work_folder)

    # ---- the states ----

    def prepare(self):
        nothing = os.path.join(self.folder, "base-nothing")
        os.makedirs(os.path.join(nothing, "tmp"))
        for name in ("rows.csv", "corrected.csv"):
            shutil.copy(os.path.join(HERE, name), nothing)
        self.bases["nothing"], self.dumps["nothing"] = nothing, None
        for work in WORKS:
            if work.base == "behind":
                self.bases["behind"], self.dumps["behind"] = os.path.join(self.folder, "base-behind"), self.dumps["correct"]
                shutil.copytree(self.bases["correct"], self.bases["behind"])
                shutil.copy(os.path.join(self.bases["import"], "hongzhu.db.subjects"), self.bases["behind"])
            self.lay(work.base)
            ran = self.run(self.words(work))
            if ran.code != 0:
                raise SystemExit(f"{' '.join(work.words)} without a fault: exit {ran.code}\n{ran.out}{ran.err}")
            kept = os.path.join(self.folder, "base-" + work.name)
            after = files_of(self.work_folder)
            self.bases[work.name], self.dumps[work.name] = kept, dump_of(self.work_folder)
            self.good[work.name] = (ran, {name: after[name] for name in work.outputs}, self.said())
            if str(self.good[work.name][2]).startswith("exit"):
                raise SystemExit(f"the report after {work.name}: {self.good[work.name][2]}")
            self.settle()
            shutil.copytree(self.work_folder, kept)

    def settle(self):
        """Lets SQLite put away what it keeps beside a ledger, as its next writer would."""
        path = os.path.join(self.work_folder, "hongzhu.db")
        if os.path.exists(path):
            base = sqlite3.connect(path)
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            base.close()

    def said(self):
        """What the ledger as it stands says to a reader: a whole report. The same bytes say the same."""
        if self.dumps.get("pack") is None:
            return None
        files = files_of(self.work_folder)
        key = digest_of({name: files[name] for name in files if name.startswith("hongzhu.db") and not name.endswith("-shm")})
        if key not in self.heard:
            ran = self.run([self.writing, "report", "lessons", "B", "--on", DAY, "--format", "html", "--json"])
            if ran.code != 0:
                return f"exit {ran.code}: {ran.err}"
            self.heard[key] = ran.out
        return self.heard[key]

    # ---- judging ----

    def names(self, *bases):
        return set().union(*(files_of(self.bases[base]) for base in bases))

    def strays(self, names, *bases):
        known = self.names(*bases)
        # The subject file is built by whoever reads first; SQLite's own files stay where a process was ended.
        return sorted(name for name in names - known if name != "hongzhu.db.subjects" and not name.endswith(TRANSIENT))

    def judge(self, work):
        """What is wrong with the folder after a fault: the ledger verifies, is as before or as after, and the work done again
        gives the very result. (state, what is wrong). Byte for byte the same folder is judged once."""
        files = files_of(self.work_folder)
        key = work.name + digest_of(files)
        if key not in self.judged:
            self.judged[key] = self.judge_now(work, files)
        return self.judged[key]

    def judge_now(self, work, files):
        wrong = []
        if work.name != "init":
            ran = self.run([self.writing, "verify"])
            if ran.code != 0:
                wrong.append(f"verify: exit {ran.code}: {ran.err.strip()}")
        dump = None if work.name == "init" and "hongzhu.db" not in files else self.dump_or_none()
        if dump == self.dumps[work.name] and work.name != "init":
            state = "after"
        elif dump == self.dumps[work.base]:
            state = "before"
        elif work.name == "init":
            # What a killed `init` leaves may be taken up by the next: only its own answer says what it is.
            state = "after" if self.run([self.program, "log"]).code == 0 else "before"
        else:
            state = "half"
            wrong.append("the ledger is neither as before nor as after: " + difference(dump, self.dumps[work.base]))
        if self.dumps[work.base] == self.dumps[work.name]:
            state = "before"  # a work that changes no row is always repeated
        if state == "before" or work.repeat is not None:
            wrong += self.repeat(work, 0 if state == "before" else work.repeat)
        else:
            self.run([self.program, "undo", "1", "--dry-run"])  # any writer clears up
            stray = self.strays(set(files_of(self.work_folder)), work.base, work.name)
            if stray:
                wrong.append("after the next command, these are left over: " + ", ".join(stray))
        return state, wrong

    def dump_or_none(self):
        try:
            return dump_of(self.work_folder)
        except sqlite3.Error as error:
            return {"error": [str(error)]}

    def repeat(self, work, code):
        wrong = []
        ran = self.run(self.words(work))
        if ran.code != code:
            return [f"done again: exit {ran.code} instead of {code}: {ran.err.strip()}"]
        if self.dump_or_none() != self.dumps[work.name]:
            wrong.append("done again, the ledger is another one: " + difference(self.dump_or_none(), self.dumps[work.name]))
        files = files_of(self.work_folder)
        _, outputs, said = self.good[work.name]
        for name, content in outputs.items():
            if files.get(name) != content:
                wrong.append(f"done again, {name} is another one")
        if said is not None and self.said() != said:
            wrong.append(f"done again, a report differs: {self.said()} instead of {said}")
        if work.name == "init":
            if self.run([self.writing, "verify"]).code != 0:
                wrong.append("done again, the ledger does not verify")
        stray = self.strays(set(files_of(self.work_folder)), work.base, work.name)
        if stray:
            wrong.append("done again, these are left over: " + ", ".join(stray))
        return wrong


def difference(a, b):
    if a is None or b is None:
        return "there is none" if a is None else "there was none"
    return ", ".join(f"{table} {len(a.get(table, []))}/{len(b.get(table, []))} rows" for table in sorted(set(a) | set(b))
                     if a.get(table) != b.get(table)) or "the same"


def adopt_orphans():
    """Processes whose parent was killed become children of this one, so that they can be waited for."""
    PR_SET_CHILD_SUBREAPER = 36
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise SystemExit("prctl(PR_SET_CHILD_SUBREAPER) is refused")


def orphans_gone(seconds=5.0):
    """Whether every process that a killed one started has ended by itself; those that have not are ended."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return True
        if pid == 0:
            if time.monotonic() > deadline:
                with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children") as file:
                    for child in file.read().split():
                        os.kill(int(child), signal.SIGKILL)
                return False
            time.sleep(0.0005)
