"""Instructions per interview that shares by group cost, counted by callgrind: a number that repeats, so that a slower hot path is seen
in the tests. Each file is asked once and twice, so that the difference is what asking costs, without reading. The bound is what was
measured, and a tenth. Exit 77: skipped.
"""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(os.environ["MTM_BUILD"])
BENCH = BUILD / "tests" / "bench" / "bench_survey"
FEW, MANY = 20_000, 100_000
DESIGN = '{"weight": "weight", "strata": "stratum", "clusters": "cluster"}'
BOUND = 545  # shares of two answers by 40 groups that cut through clusters of 100


def write(path, rows):
    dice = random.Random(1)
    with open(path, "w") as file:
        file.write("stratum,cluster,weight,age,answer\n")
        for i in range(rows):
            cluster = i // 100
            file.write(f"s{cluster // 20},c{cluster},{5 + cluster % 60}.{cluster % 1000:03},g{dice.randrange(40)},{dice.choice(('yes', 'no', 'no'))}\n")


def instructions(rows, times, folder):
    data, design = folder / f"{rows}.csv", folder / "design.json"
    design.write_text(DESIGN)
    if not data.exists():
        write(data, rows)
    run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", BENCH, data, design, "answer",
                          ";".join(["age"] * times)], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stderr)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1))


def main():
    cache = (BUILD / "CMakeCache.txt").read_text()
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed")
        return 77
    if re.search(r"CMAKE_BUILD_TYPE:\w+=(Debug)?$", cache, re.MULTILINE) or re.search(r"MTM_SANITIZE:\w+=.", cache):
        print("skipped: only optimised builds are counted")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        few, many = (instructions(rows, 2, pathlib.Path(folder)) - instructions(rows, 1, pathlib.Path(folder)) for rows in (FEW, MANY))
    per_row = (many - few) / (MANY - FEW)
    print(f"{per_row:.0f} instructions an interview, at most {BOUND}")
    return int(per_row > BOUND)


if __name__ == "__main__":
    sys.exit(main())
