"""What the Python and R packages cost: start, a call, and ten million rows in and out. Run from a build folder's parent:

    PYTHONPATH=build/python R_LIBS=build/Rlib python3 tests/bench/bindings.py [ROWS]
"""
import datetime
import os
import shutil
import subprocess
import sys
import tempfile
import time
import timeit

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
R_START = "suppressMessages({t <- Sys.time(); library(mtm); cat(as.numeric(Sys.time() - t) * 1000)})"
R_ROWS = """
library(mtm)
n <- as.integer(commandArgs(trailingOnly = TRUE)[[1]])
i <- seq_len(n) - 1L
days <- as.character(as.Date("1850-01-01") + seq_len(ceiling(n / 200)) - 1)
bytes <- charToRaw(paste0("period,region,value\\n", paste0(days[i %/% 200L + 1L], ",", i %% 200L, ",", sprintf("%d", i), collapse = "\\n"), "\\n"))
from <- system.time(d <- mtm_dataset(bytes, concept = "population", roles = list(
  period = "period", region = list(role = "dimension", dimension = "region", codelist = "none"), value = "value")))
out <- system.time(f <- as.data.frame(d))
handle <- d$handle
call <- system.time(for (i in 1:100000) mtm:::raw_mtm_dataset_decimals(handle))
cat(sprintf("R: %d rows in %.2f s, out as data.frame %.2f s, a call %.0f ns\\n", nrow(f), from[[3]], out[[3]], call[[3]] * 1e4))
"""


def clock(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def start(code):
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - begin)
    return sorted(times)[3] * 1000


def main():
    empty, loaded = start("pass"), start("import mtm")
    print(f"Python: start {empty:.0f} ms, with import mtm {loaded:.0f} ms: {loaded - empty:.0f} ms above")
    import mtm
    from mtm import _mtm

    first = datetime.date(1850, 1, 1).toordinal()
    days = [datetime.date.fromordinal(first + day).isoformat().encode() for day in range(ROWS // 200 + 1)]
    data = b"".join([b"period,region,value\n"] + [b"%b,%d,%d\n" % (days[i // 200], i % 200, i) for i in range(ROWS)])
    roles = {"period": "period", "region": {"role": "dimension", "dimension": "region", "codelist": "none"},
             "value": "value"}
    seconds, dataset = clock(lambda: mtm.Dataset.from_csv(data, concept="population", roles=roles))
    print(f"Python: {len(dataset):,} rows in by from_csv ({len(data) / 1e6:.0f} MB): {seconds:.2f} s")
    dataset.view("lines")  # the first view imports NumPy
    seconds, _ = clock(lambda: dataset.view("values"))
    print(f"Python: values out as a NumPy view: {seconds * 1000:.3f} ms")
    seconds, _ = clock(dataset.__arrow_c_stream__)
    print(f"Python: out as an Arrow stream: {seconds * 1000:.2f} ms")
    seconds, _ = clock(dataset.to_pandas)
    print(f"Python: out as a data frame: {seconds:.2f} s")
    handle = dataset._handle
    loops = 1_000_000
    cost = timeit.timeit(lambda: _mtm.mtm_dataset_decimals(handle), number=loops) / loops
    nothing = timeit.timeit(lambda: None, number=loops) / loops
    print(f"Python: a call {1e9 * (cost - nothing):.0f} ns")
    if shutil.which("Rscript") is None or "R_LIBS" not in os.environ:
        print("R: left out; Rscript or R_LIBS is missing")
        return
    out = subprocess.run(["Rscript", "--vanilla", "-e", R_START], check=True, capture_output=True, text=True).stdout
    print(f"R: library(mtm) {float(out):.0f} ms above R")
    with tempfile.NamedTemporaryFile("w", suffix=".R") as script:
        script.write(R_ROWS)
        script.flush()
        subprocess.run(["Rscript", "--vanilla", script.name, str(min(ROWS, 1_000_000))], check=True)


if __name__ == "__main__":
    main()
