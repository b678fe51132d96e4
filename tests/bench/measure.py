"""Running contenders: what one run of a command took, and medians of several as a table."""
import os
import statistics
import subprocess
import sys
import threading
import time


class Memory(threading.Thread):
    """The most memory that a process and its children were seen with: private (RssAnon), and with mapped files (RSS)."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.private, self.all, self.ended = process, 0, 0, threading.Event()

    def family(self, process):
        yield process
        try:
            tasks = os.listdir(f"/proc/{process}/task")
        except OSError:
            return
        for task in tasks:
            try:
                with open(f"/proc/{process}/task/{task}/children", encoding="ascii") as file:
                    children = file.read().split()
            except OSError:
                continue
            for child in children:
                yield from self.family(child)

    def look(self):
        private = everything = 0
        for process in self.family(self.process):
            try:
                with open(f"/proc/{process}/status", encoding="utf-8", errors="replace") as file:
                    lines = dict(line.split(":", 1) for line in file if line.startswith(("RssAnon", "VmRSS")))
            except OSError:
                continue
            private += int(lines.get("RssAnon", "0").split()[0])
            everything += int(lines.get("VmRSS", "0").split()[0])
        self.private, self.all = max(self.private, private), max(self.all, everything)

    def run(self):
        self.look()
        while not self.ended.wait(0.01):
            self.look()


class Taken:
    """What one run of a contender took: seconds by the clock, seconds of the processors, memory in kB."""

    def __init__(self, clock, processor, private=0, everything=0):
        self.clock, self.processor, self.private, self.all = clock, processor, private, everything

    def __add__(self, other):
        return Taken(self.clock + other.clock, self.processor + other.processor, max(self.private, other.private),
                     max(self.all, other.all))

    def less(self, other):
        """Without what the other took, as a host that starts empty does."""
        return Taken(max(self.clock - other.clock, 1e-6), max(self.processor - other.processor, 1e-6), self.private, self.all)


class Failed(Exception):
    pass


def run(words, folder, environment, output, errors):
    """Runs a command to its end; returns what it took and what it wrote to standard error."""
    with open(output, "wb") as out, open(errors, "w+b") as err:
        began = time.monotonic()
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment, cwd=folder)
        memory = Memory(process.pid)
        memory.start()
        _, status, used = os.wait4(process.pid, 0)
        clock = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.ended.set()
        memory.join()
        err.seek(0)
        said = err.read().decode("utf-8", "replace")
    if process.returncode:
        raise Failed(f'error: "{" ".join(words)}" ended with {process.returncode}\n{said}'.replace(folder + "/", ""))
    return Taken(clock, used.ru_utime + used.ru_stime, memory.private, memory.all), said


def median(rounds, part):
    return statistics.median(getattr(taken, part) for taken in rounds)


class Table:
    """Contenders of one work: the seconds of each, and how they stand to what each target names."""

    def __init__(self, title):
        self.title, self.rounds, self.targets = title, {}, []

    def add(self, name, taken):
        self.rounds.setdefault(name, []).append(taken)

    def target(self, name, base, most):
        """`name` is to take at most so many times what `base` takes."""
        self.targets.append((name, base, most))

    def reached(self, name, base, part="clock"):
        below = median(self.rounds[base], part)
        return median(self.rounds[name], part) / below if below else 0

    def show(self):
        print(f"\n{self.title}\n  {'':<56}{'time':>9}{'processor':>11}{'private':>9}{'all':>8}")
        for name, rounds in self.rounds.items():
            private, everything = (max(getattr(taken, part) for taken in rounds) / 1024 for part in ("private", "all"))
            memory = f"{private:>6.0f} MB{everything:>5.0f} MB" if everything else ""
            print(f"  {name:<56}{median(rounds, 'clock'):>7.3f} s{median(rounds, 'processor'):>9.3f} s{memory}")
        for name, base, most in self.targets:
            if name not in self.rounds or base not in self.rounds:
                print(f'  {name} / {base}: not measured, "{base}" is not here')
                continue
            ratio, worked = self.reached(name, base), self.reached(name, base, "processor")
            word = "reached" if ratio <= most else "NOT REACHED"
            print(f"  {name} / {base}: {ratio:.3f} (processor {worked:.3f}), to reach {most:g}: {word}")
        sys.stdout.flush()
