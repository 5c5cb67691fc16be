"""Runs the Pollock benchmark (G. Vitagliano, M. Hameed, L. Jiang, L. Reisener, E. Wu, F. Naumann: "Pollock: A Data Loading
Benchmark", PVLDB 16(8), 2023, doi:10.14778/3594512.3594518) with its own measures and weights, on a checkout of it.

    tests/interop/pollock.py CHECKOUT MTM [--sut mtm,duckdb,clevercsv,pandas,pandas-plain,readr] [--set polluted_files]

Every reader is told nothing: DuckDB, CleverCSV and pandas ("sep=None") find the dialect out, pandas-plain and readr take commas
for granted. One that is not installed is left out, with a line that says so. Nothing of the benchmark is part of this repository.
"""

import argparse
import csv
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import threading
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


READR = r"""
lines <- file("stdin", "r")
while (length(line <- readLines(lines, 1)) > 0) {
  paths <- strsplit(line, "\t")[[1]]
  said <- tryCatch({
    # readr has no sniffer: read_csv() is what it offers to those who know nothing
    d <- suppressWarnings(readr::read_csv(paths[1], col_types = readr::cols(.default = "c"), progress = FALSE,
                                          show_col_types = FALSE, na = character(), name_repair = "minimal"))
    readr::write_csv(d, paths[2], na = "")
    "ok"
  }, error = function(e) gsub("[\r\n]", " ", conditionMessage(e)))
  cat(said, "\n", sep = "")
  flush(stdout())
}
"""


class Readr:
    """One R for all files: starting it takes longer than reading them."""

    def __init__(self):
        self.one = threading.Lock()
        self.process = subprocess.Popen(["Rscript", "--vanilla", "-e", READR], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, encoding="utf-8", errors="replace")

    def __call__(self, source, target):
        with self.one:
            self.process.stdin.write(f"{source}\t{target}\n")
            self.process.stdin.flush()
            said = self.process.stdout.readline().strip()
        if said != "ok":
            raise ValueError(said)


def run_pandas_plain(source, target):
    import pandas
    frame = pandas.read_csv(source, dtype=str, keep_default_na=False)
    write(target, [list(frame.columns)] + frame.values.tolist())


def is_there(sut):
    if sut == "readr":
        try:
            return subprocess.run(["Rscript", "-e", "library(readr)"], capture_output=True).returncode == 0
        except OSError:
            return False
    return sut == "mtm" or importlib.util.find_spec(sut.split("-")[0]) is not None


def load(sut, program, kind, folder, out):
    out.mkdir(parents=True, exist_ok=True)
    runs = {"mtm": lambda s, t: run_mtm(program, kind != "polluted_files", s, t), "duckdb": run_duckdb,
            "clevercsv": run_clevercsv, "pandas": run_pandas, "pandas-plain": run_pandas_plain}
    if sut == "readr":
        runs["readr"] = Readr()
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
        if not is_there(sut):
            print(f"{sut:12} not installed")
            continue
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
        line = f"{sut:12} {given.set}: {len(scores)} files, {len(failures)} not loaded, simple {simple:.4f}"
        if given.set == "polluted_files":
            total = sum(weights.get(name, 0) for name in scores)
            line += f", weighted {sum(scores[n] * weights.get(n, 0) for n in scores) / total:.4f}"
        print(line)
        for name, score in sorted(scores.items(), key=lambda s: s[1])[:given.worst]:
            print(f"    {score:7.3f} {name} {failures.get(name, '')}")


if __name__ == "__main__":
    main()
