"""Runs a test script so that what it leaves out is seen: every skipped part is printed with its reason, and a script all of
whose parts were skipped exits with 77, which CTest shows as skipped. Usage: run_script.py SCRIPT [ARGUMENT ...]"""
import pathlib
import runpy
import sys
import unittest

SKIPPED = 77
# What scripts import beside the standard library, and the Debian package that has it.
MODULES = {name: f"python3-{name}" for name in ("jsonschema", "matplotlib", "numpy", "openpyxl", "pandas")}


class Program(unittest.TestProgram):
    """unittest.main() as scripts call it, with its own exit status."""

    def runTests(self):  # noqa: N802
        self.exit, asked = False, self.exit
        super().runTests()
        for test, reason in self.result.skipped:
            print(f"skipped: {test.id().removeprefix('__main__.')}: {reason}")
        sys.stdout.flush()
        if not self.result.wasSuccessful():
            status = 1
        else:
            parts = {test.id() for test, _ in self.result.skipped}
            status = SKIPPED if parts and len(parts) >= self.result.testsRun else 0
        if asked:
            sys.exit(status)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    script = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = str(pathlib.Path(script).resolve().parent)
    unittest.main = Program
    try:
        runpy.run_path(script, run_name="__main__")
    except ModuleNotFoundError as error:
        if error.name not in MODULES:
            raise
        print(f"skipped: the module {error.name} is not installed; on Debian: apt install {MODULES[error.name]}")
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main()
