"""Instructions of computing all indicators for 40 quarters, counted by callgrind at three sizes of one package: a number that
repeats. Guarded are the largest size, and what an observation more costs: nothing is looked at again and again.

The bounds are what was measured, and a tenth. Exit 77: skipped."""
import re
import subprocess
import sys
import tempfile

from instructions import BENCH, run_counted, skipping

PROGRAM = BENCH / "bench_compute"
COUNTRIES = (39, 78, 155)
MOST, MOST_AN_OBSERVATION = 970_000_000, 10_700  # 880 million and 9,710


def measure(countries, folder):
    """(observations, instructions) of a package with so many countries."""
    subprocess.run([PROGRAM, "make", folder, str(countries)], check=True)
    instructions, printed = run_counted(PROGRAM, "run", folder, function="mtm_catalogue_compute")
    if not re.search(r"values 1120 ", printed):
        raise AssertionError(printed)
    return int(re.search(r"observations (\d+)", printed).group(1)), instructions


def main():
    sizes = []
    for countries in COUNTRIES:
        with tempfile.TemporaryDirectory() as folder:
            sizes.append(measure(countries, folder))
    failed = sizes[-1][1] > MOST
    print(f"{sizes[-1][0]} observations: {sizes[-1][1] / 1e6:.0f} million instructions, at most {MOST / 1e6:.0f}")
    for few, many in zip(sizes, sizes[1:]):
        each = (many[1] - few[1]) / (many[0] - few[0])
        failed |= each > MOST_AN_OBSERVATION
        print(f"{few[0]} to {many[0]}: {each:.0f} instructions an observation, at most {MOST_AN_OBSERVATION}")
    return failed


if __name__ == "__main__":
    sys.exit(skipping(main))
