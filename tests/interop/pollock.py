"""Runs the Pollock benchmark (G. Vitagliano, M. Hameed, L. Jiang, L. Reisener, E. Wu, F. Naumann: "Pollock: A Data Loading
Benchmark", PVLDB 16(8), 2023, doi:10.14778/3594512.3594518) with its own measures and weights, on a checkout of it.

    tests/interop/pollock.py CHECKOUT MTM [--sut mtm,duckdb,clevercsv,pandas,readr] [--set polluted_files]

The reader is told nothing. Nothing of the benchmark is part of this repository.
"""

import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

MEASURES = ["success", "header_p", "header_r", "header_f1", "record_p", "record_r", "record_f1", "cell_p", "cell_r", "cell_f1"]


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def run_mtm(program, names, source, target):
    command = [program, "rows", source, "-o", target, "--allow-guess", "--quiet"] + (["--names"] if names else [])
    run = subprocess.run(command, capture_output=True, timeout=120)
    if not target.exists():
        reason = run.stderr.decode(errors="replace").strip()[:200]
        if "no row that is not blank" in reason:
            target.write_text("")
        else:
            raise ValueError(reason)


def run_duckdb(source, target):
    import duckdb
    table = duckdb.connect().read_csv(str(source), all_varchar=True)
    write(target, [table.columns] + [["" if c is None else c for c in row] for row in table.fetchall()])


def run_clevercsv(source, target):
    import clevercsv
    write(target, clevercsv.read_table(str(source)))


def run_pandas(source, target):
    import pandas
    frame = pandas.read_csv(source, dtype=str, keep_default_na=False, sep=None, engine="python")
    write(target, [list(frame.columns)] + frame.values.tolist())


def run_readr(source, target):
    code = ("a <- commandArgs(TRUE); d <- readr::read_csv(a[1], col_types = readr::cols(.default = 'c'), progress = FALSE, "
            "show_col_types = FALSE, na = character()); readr::write_csv(d, a[2], na = '')")
    subprocess.run(["Rscript", "-e", code, source, target], capture_output=True, timeout=120, check=True)


def load(sut, program, kind, folder, out):
    out.mkdir(parents=True, exist_ok=True)
    runs = {"mtm": lambda s, t: run_mtm(program, kind != "polluted_files", s, t), "duckdb": run_duckdb,
            "clevercsv": run_clevercsv, "pandas": run_pandas, "readr": run_readr}
    failures = {}

    def one(source):
        target = out / (source.name + "_converted.csv")
        target.unlink(missing_ok=True)
        try:
            runs[sut](source, target)
        except Exception as error:  # what a reader refuses is its answer
            failures[source.name] = str(error)[:300]
            target.write_text("Application Error\n")

    sources = sorted(p for p in folder.iterdir() if p.name.endswith("csv"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, sources))
    return sources, failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("mtm")
    parser.add_argument("--sut", default="mtm")
    parser.add_argument("--set", default="polluted_files", choices=["polluted_files", "survey_sample"])
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("/tmp/mtm-pollock"))
    parser.add_argument("--worst", type=int, default=0, help="show the files that score least")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(given.checkout))
    from pollock import metrics
    csv.field_size_limit(1 << 28)
    weights = json.loads((given.checkout / "pollock_weights.json").read_text())
    for sut in given.sut.split(","):
        out = given.out / sut / given.set
        sources, failures = load(sut, os.path.abspath(given.mtm), given.set, given.checkout / given.set / "csv", out)
        scores = {}
        for source in sources:
            clean, loaded = given.checkout / given.set / "clean" / source.name, out / (source.name + "_converted.csv")
            if not clean.exists():
                continue
            try:
                values = [metrics.successful_csv(loaded)]
                values += metrics.header_record_cell_measures_csv(clean, loaded) if values[0] else [0] * 9
            except Exception as error:
                values, failures[source.name] = [0] * 10, f"measure: {error}"
            scores[source.name] = float(sum(values))
        simple = sum(scores.values()) / len(scores)
        line = f"{sut:10} {given.set}: {len(scores)} files, {len(failures)} not loaded, simple {simple:.4f}"
        if given.set == "polluted_files":
            total = sum(weights.get(name, 0) for name in scores)
            line += f", weighted {sum(scores[n] * weights.get(n, 0) for n in scores) / total:.4f}"
        print(line)
        for name, score in sorted(scores.items(), key=lambda s: s[1])[:given.worst]:
            print(f"    {score:7.3f} {name} {failures.get(name, '')}")


if __name__ == "__main__":
    main()
