"""Instructions that withholding costs for each number of a table, at three sizes, counted by callgrind: a number that repeats, so that a
slower search is seen in the tests. A table is tabulated with a threshold and without: the difference is disclosure control. The bounds are
what was measured, and a tenth. Exit 77: skipped.
"""
import json
import pathlib
import random
import sys
import tempfile

import disclosure_bench
from instructions import BUILD, run_counted, skipping

PROGRAM = BUILD / "examples" / "mtm" / "mtm"
BOUNDS = {300: 290_000, 600: 317_000, 1200: 900_000}  # size of the finest table to instructions a number


def measure(size, folder):
    disclosure_bench.write(folder / "t.csv", size, "flat", random.Random(size))
    (folder / "r.json").write_text(json.dumps(disclosure_bench.RESOURCE))
    command = [PROGRAM, "tabulate", "--threads", "1", "--resource", folder / "r.json",
               *(one for g in disclosure_bench.GROUPINGS for one in ("--by", g)), "--format", "json", folder / "t.csv"]
    plain, _ = run_counted(*command)
    protected, text = run_counted(*command, "--threshold", "5")
    return protected - plain, sum(len(table["observations"]) for table in json.loads(text)["tables"])


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for size, bound in BOUNDS.items():
            instructions, numbers = measure(size, pathlib.Path(folder))
            print(f"{numbers} numbers: {instructions / numbers:.0f} instructions each, at most {bound}")
            failed |= instructions / numbers > bound
    return failed


if __name__ == "__main__":
    sys.exit(skipping(main))
