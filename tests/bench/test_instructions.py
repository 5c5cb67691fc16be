"""Instructions per row, counted by callgrind: a number that repeats, so that a slower hot path is seen in the tests.

Each vector path, and each kind of Arrow column, counts the same crossings twice, once more of them: the difference is what rows cost, without what a process
costs. The bounds are what was measured, and a tenth. Exit 77: skipped.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from instructions import BENCH, run_counted, skipping

FEW, MANY = 20_000, 100_000
COLUMNS = {"text": 1140, "codes": 375, "table": 575}  # of Arrow: five groupings of four columns and a date; a dataset
PATHS = {1: ("portable", 1180), 2: ("SSE2", 830), 3: ("AVX2", 610)}


def collected(*command):
    """None where the machine lacks the vector set that is asked for."""
    try:
        return run_counted(*command)[0]
    except subprocess.CalledProcessError:
        return None


def instructions(rows, simd, folder):
    file = folder / f"{rows}.csv"
    if not file.exists():
        with open(file, "wb") as out:
            subprocess.run([BENCH / "bench_crossings", str(rows)], stdout=out, check=True)
    return collected(BENCH / "bench_count", file, "--simd", simd, "--out", os.devnull)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for simd, (name, bound) in PATHS.items():
            few, many = (instructions(rows, simd, pathlib.Path(folder)) for rows in (FEW, MANY))
            if few is None or many is None:
                print(f"{name}: not on this machine")
                continue
            per_row = (many - few) / (MANY - FEW)
            print(f"{name}: {per_row:.0f} instructions a row, at most {bound}")
            failed |= per_row > bound
    for kind, bound in COLUMNS.items():
        few, many = (collected(BENCH / "bench_columns", rows, kind) for rows in (1 << 16, 5 << 16))
        per_row = (many - few) / (4 << 16)
        print(f"Arrow {kind}: {per_row:.0f} instructions a row, at most {bound}")
        failed |= per_row > bound
    return failed


if __name__ == "__main__":
    sys.exit(skipping(main))
