"""Instructions per interview that shares by group cost, counted by callgrind: a number that repeats, so that a slower hot path is seen
in the tests. Each file is asked once and twice, so that the difference is what asking costs, without reading. The bound is what was
measured, and a tenth. Exit 77: skipped.
"""
import pathlib
import random
import sys
import tempfile

from instructions import BENCH, run_counted, skipping

FEW, MANY = 20_000, 100_000
DESIGN = '{"weight": "weight", "strata": "stratum", "clusters": "cluster"}'
BOUND = 705  # shares of two answers by 40 groups that cut through clusters of 100; units and groups are found again to save memory


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
    return run_counted(BENCH / "bench_survey", data, design, "answer", ";".join(["age"] * times))[0]


def main():
    with tempfile.TemporaryDirectory() as folder:
        few, many = (instructions(rows, 2, pathlib.Path(folder)) - instructions(rows, 1, pathlib.Path(folder)) for rows in (FEW, MANY))
    per_row = (many - few) / (MANY - FEW)
    print(f"{per_row:.0f} instructions an interview, at most {BOUND}")
    return per_row > BOUND


if __name__ == "__main__":
    sys.exit(skipping(main))
