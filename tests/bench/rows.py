"""How fast `mtm rows` goes through a large CSV file, beside DuckDB's reader: processor time and wall time of one thread, in turns.

    tests/bench/rows.py BUILD FOLDER [--megabytes 1000] [--runs 3]

FOLDER gets the file (made once) and what is written. Every program reads all cells as text: mtm writes CSV or Arrow, DuckDB
reads into a table, and writes CSV. DuckDB is left out, with a note, where it is not installed.
"""

import argparse
import json
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import time

DUCKDB = """
import sys, duckdb
connection = duckdb.connect(config={"threads": 1})
source = f"read_csv('{sys.argv[1]}', all_varchar=true)"
connection.execute(f"COPY (SELECT * FROM {source}) TO '{sys.argv[3]}' (HEADER)" if sys.argv[2] == "csv" else f"CREATE TABLE t AS SELECT * FROM {source}")
"""


def make(path, megabytes):
    """The same rows for the same size: times, codes, quoted names with commas, amounts."""
    chance, places = random.Random(20260101), ["Khorgos", "Dostyk", '"Almaty, airport"', "Кордай"]
    rows = []
    for _ in range(100000):
        day = f"2024-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d} {chance.randrange(24):02d}:{chance.randrange(60):02d}"
        rows.append(f"{day},{chance.choice(['in', 'out'])},{chance.choice(['UZB', 'KGZ', 'RUS', 'CHN'])},{chance.choice('MF')},"
                    f"{chance.randrange(1940, 2020)},{chance.choice(places)},{chance.randrange(100000) / 100}\n")
    block, size = "".join(rows).encode(), 0
    with open(path, "wb") as out:
        out.write(b"time,direction,citizenship,sex,birth_year,checkpoint,amount\n")
        while size < megabytes * 1000000:
            size += out.write(block)


def timed(command):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    path, out = given.folder / f"rows-{given.megabytes}.csv", given.folder / "rows-out"
    if not path.exists():
        make(path, given.megabytes)
    program = given.build / "examples/mtm/mtm"
    jobs = {"mtm rows, as CSV": [program, "rows", path, "--quiet", "-o", out], "mtm rows, as Arrow": [program, "rows", path, "--quiet", "-f", "arrow", "-o", out]}
    try:
        import duckdb
        jobs[f"DuckDB {duckdb.__version__}, into a table"] = [sys.executable, "-c", DUCKDB, path, "table", out]
        jobs[f"DuckDB {duckdb.__version__}, as CSV"] = [sys.executable, "-c", DUCKDB, path, "csv", out]
    except ImportError:
        print("skipped: duckdb is not installed", file=sys.stderr)
    times = {name: [] for name in jobs}
    for _ in range(given.runs):
        for name, command in jobs.items():
            times[name].append(timed(list(map(str, command))))
            out.unlink(missing_ok=True)
    print(f"{path.stat().st_size / 1e6:,.0f} MB, one thread, the median of {given.runs} runs in turns; load {os.getloadavg()[0]:.1f}")
    for name, runs in times.items():
        cpu, wall = statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)
        print(f"{name:30} {cpu:7.2f} s of processor time {wall:7.2f} s of wall time {path.stat().st_size / 1e6 / cpu:7.0f} MB a second of processor time")
    print(json.dumps({name: runs for name, runs in times.items()}))


if __name__ == "__main__":
    main()
