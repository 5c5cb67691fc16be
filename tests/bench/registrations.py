"""Registrations beside DuckDB: python3 tests/bench/registrations.py BUILD [MILLIONS] makes a register, counts who is present by
site with both in this run, compares the figures, and prints processor time, time and memory of each. DuckDB is optional."""
import importlib.util
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

DAY = "2024-03-31"
FIELDS = [{"name": "person", "mtm": {"role": "id", "dedupe": True}},
          {"name": "site", "mtm": {"role": "dimension", "dimension": "site"}}, {"name": "in", "mtm": {"role": "entered"}},
          {"name": "out", "mtm": {"role": "left"}}, {"name": "born", "mtm": {"role": "birth-year"}}]
QUERY = """
with distinct_rows as (select distinct * from read_csv('{path}', all_varchar = true)),
held as (select *, lead("in") over (partition by person order by "in", "out" nulls first, site) as next from distinct_rows)
select site, count(*) from held
where "in" <= '{day}' and (next is null or next > '{day}') and ("out" is null or "out" > '{day}') group by 1 order by 1"""


def make(path, rows):
    chance = random.Random(1)
    with open(path, "w", encoding="ascii") as file:
        file.write("family,person,site,in,out,sex,born\n")
        line = ""
        for number in range(rows):
            if number % 20 != 19:  # the others are sent twice
                person = chance.randrange(rows * 3 // 4)
                month, day = chance.randrange(18), chance.randrange(1, 29)
                out = month + 1 + chance.randrange(3) if person % 3 == 0 else None
                left = "" if out is None else f"{2023 + out // 12}-{out % 12 + 1:02}-{day:02}"
                line = (f"H{person // 4:07},P{person:08},XX{chance.randrange(60):04},{2023 + month // 12}-{month % 12 + 1:02}-"
                        f"{day:02},{left},{'FM'[person * 7 % 2]},{1940 + person * 11 % 80}\n")
            file.write(line)


def measure(name, command):
    start = time.time()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        text = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} failed")
    print(f"{name:8} {used.ru_utime + used.ru_stime:7.2f} s processor {time.time() - start:7.2f} s {used.ru_maxrss / 1024:8.0f} MiB")
    return text


def main():
    build, millions = pathlib.Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        path, about = pathlib.Path(folder) / "register.csv", pathlib.Path(folder) / "resource.json"
        make(path, int(millions * 1e6))
        about.write_text(json.dumps({"name": "register", "schema": {"fieldsMatch": ["subset"], "fields": FIELDS}}))
        text = measure("mtm", [str(build / "examples/mtm/mtm"), "tabulate", "--resource", str(about), "--by", "site", "--threads", "2",
                               "-f", "csv", "-q", str(path)])
        ours = {line.split(",")[1]: int(line.split(",")[2]) for line in text.splitlines() if line.startswith(DAY)
                and line.count(",") == 3}
        if importlib.util.find_spec("duckdb") is None:
            print("skipped: duckdb is not installed; pip install duckdb")
            return
        query = QUERY.format(path=path, day=DAY)
        theirs = dict(json.loads(measure("duckdb", [sys.executable, "-c", f"""
import duckdb, json
print(json.dumps(duckdb.connect(config={{'threads': 2}}).execute({query!r}).fetchall()))"""]).splitlines()[-1]))
        different = {site for site in ours.keys() | theirs.keys() if ours.get(site) != theirs.get(site)}
        print(f"{len(ours)} sites, {sum(ours.values())} persons; different: {sorted(different) or 'none'}")


if __name__ == "__main__":
    main()
