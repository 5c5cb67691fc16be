#!/usr/bin/env python3
"""Surveys beside their peers, in one session on the same files: shares of two answers by 40 groups that cut through clusters, with
standard errors and intervals.

    cmake --build build && tests/bench/survey_peers.py --python VENV/bin/python --rows 10000 1000000

What comes in: numbers of rows; a Python with svy, samplics and polars (`pip install svy samplics`). What goes out: processor seconds of
reading and of asking, and the peak of memory, for each program; the largest difference of a standard error from R's. A peer that is not
there is skipped, and it is said why: R's package srvyr only wraps survey, and is timed where it is installed.
"""
import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DESIGN = {"weight": "weight", "strata": "stratum", "clusters": "cluster"}
R_JOB = """
start <- proc.time()[["user.self"]]; library(LIBRARY, character.only = TRUE, warn.conflicts = FALSE); suppressMessages(library(survey))
d <- read.csv(FILE); read <- proc.time()[["user.self"]]; d$yes <- as.numeric(d$answer == "yes"); d$no <- 1 - d$yes
design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = d)
if (LIBRARY == "srvyr") { s <- as.data.frame(summarise(group_by(as_survey(design), age), m = survey_mean(yes), n = survey_mean(no))); se <- s$m_se
} else { s <- svyby(~yes + no, ~age, design, svymean); se <- SE(s)[, 1] }
cat(read - start, proc.time()[["user.self"]] - read, format(se, digits = 15), "\\n")
"""
PYTHON_JOB = """
import sys, time, warnings; warnings.simplefilter("ignore")
import polars as pl
clock = time.process_time; start = clock(); data = pl.read_csv(FILE); data = data.with_columns((pl.col("answer") == "yes").cast(pl.Float64).alias("yes")); read = clock()
if KIND == "svy":
    import svy
    read = clock(); sample = svy.Sample(data, svy.Design(wgt="weight", stratum="stratum", psu="cluster"))
    found = sample.estimation.prop("answer", by="age")
    se = []
else:
    from samplics.estimation import TaylorEstimator; from samplics import PopParam
    read = clock(); made = TaylorEstimator(PopParam.prop); f = data.to_pandas()
    made.estimate(f["answer"], samp_weight=f["weight"], stratum=f["stratum"], psu=f["cluster"], domain=f["age"]); se = []
print(read - start, clock() - read, *se)
"""


def write(path, rows):
    dice = random.Random(7)
    with open(path, "w") as file:
        file.write("stratum,cluster,weight,age,answer\n")
        for i in range(rows):
            cluster = i * 10_000 // rows if rows >= 100_000 else i // 10
            file.write(f"s{cluster % 50:02},c{cluster:05},{5 + cluster % 60}.{cluster % 1000:03},g{dice.randrange(40):02},{dice.choice(('yes', 'no', 'no'))}\n")


def peak(command, limit):
    """Output, and the largest resident memory in MiB (GNU time); None where it does not end in time."""
    time = shutil.which("time")
    try:
        ran = subprocess.run(([time, "-f", "peak %M"] if time else []) + command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None, f"did not end in {limit} s"
    if ran.returncode != 0:
        said = [line for line in ran.stderr.splitlines() if line.strip() and not line.startswith(("peak ", "Command exited", "Execution halted"))]
        return None, said[-1].strip()[:120] if said else "failed"
    mark = [line.split()[1] for line in ran.stderr.splitlines() if line.startswith("peak ")]
    return ran.stdout, f"{int(mark[-1]) / 1024:.0f}" if mark else "-"


def ours(build, data, design):
    out, memory = peak([str(build / "tests/bench/bench_survey"), str(data), str(design), "answer", "age"], 600)
    if out is None:
        sys.exit(memory)
    read, ask = (float(line.split(" s processor")[0].split()[-1]) for line in out.splitlines())
    program = subprocess.run([build / "examples/mtm/mtm", "survey", data, "answer", "--answer", "yes", "--by", "age", "--design", design, "-f",
                              "json"], capture_output=True, text=True, check=True)
    return read, ask, memory, [one["se"] for one in json.loads(program.stdout)["estimates"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parents[1] / "build")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--limit", type=int, default=240, help="seconds that a peer may take")
    options = parser.parse_args()
    print(f"{'rows':>9}  {'program':<10} {'read':>8} {'ask':>8} {'MiB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        design = pathlib.Path(folder) / "design.json"
        design.write_text(json.dumps(DESIGN))
        for rows in options.rows:
            data = pathlib.Path(folder) / f"{rows}.csv"
            write(data, rows)
            read, ask, memory, errors = ours(options.build, data, design)
            print(f"{rows:>9}  {'libmtm':<10} {read:>8.3f} {ask:>8.3f} {memory:>6}", flush=True)
            jobs = [(kind, ["Rscript", "-e", f'FILE <- "{data}"; LIBRARY <- "{kind}"' + R_JOB]) for kind in ("survey", "srvyr")]
            jobs += [(kind, [options.python, "-c", f"FILE = {str(data)!r}; KIND = {kind!r}" + PYTHON_JOB]) for kind in ("svy", "samplics")]
            for kind, command in jobs:
                out, memory = peak(command, options.limit) if shutil.which(command[0]) else (None, f"{command[0]} is not installed")
                if out is None:
                    print(f"{rows:>9}  {kind:<10} skipped: {memory}", flush=True)
                    continue
                read, ask, *found = map(float, out.split())
                far = max((abs(a / b - 1) for a, b in zip(errors, found)), default=None)
                print(f"{rows:>9}  {kind:<10} {read:>8.3f} {ask:>8.3f} {memory:>6}" + (f"   largest difference of a standard error {far:.0e}" if far is not None else ""),
                      flush=True)


if __name__ == "__main__":
    main()
