"""The whole program in a folder of its own, and the promises tried on it, for the tests beside this."""
import os
import shutil
import subprocess
import sys


class Whole:
    def __init__(self, program, source, folder):
        self.program, self.source, self.folder = os.path.abspath(program), os.path.abspath(source), folder
        self.passed = self.failed = 0
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", HONGZHU_LANG="en")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def ended(self, *words, ledger="hongzhu.db"):
        """A command that has ended, well or not."""
        return subprocess.run([self.program, *words], cwd=self.folder, env={**self.environment, "HONGZHU_LEDGER": ledger},
                              capture_output=True, check=False)

    def run(self, *words, ledger="hongzhu.db"):
        """What a command says that must end well."""
        done = self.ended(*words, ledger=ledger)
        if done.returncode:
            raise SystemExit(f"hongzhu {' '.join(words)}: exit {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
        return done.stdout

    def copy(self, name, ledger="hongzhu.db"):
        """A copy of a ledger with all that stands beside it; its name."""
        for file in os.listdir(self.folder):
            other = self.path(name + file[len(ledger):])
            if file == ledger + ".files":
                shutil.copytree(self.path(file), other)
            elif file == ledger or file.startswith(ledger + "."):
                shutil.copy2(self.path(file), other)
        return name

    def check(self, what, holds):
        print(f"{'ok' if holds else 'FAILED'}: {what}", flush=True)
        if holds:
            self.passed += 1
        else:
            self.failed += 1


def finish(*wholes):
    """Says how many promises were kept, and ends the test."""
    passed, failed = sum(whole.passed for whole in wholes), sum(whole.failed for whole in wholes)
    print(f"{passed} passed, {failed} failed")
    sys.exit(0 if passed and not failed else 1)
