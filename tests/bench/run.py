#!/usr/bin/env python3
"""The benchmark: the same job on the same files by libmtm, its peers, and the limit of the machine, in turns in one session.

    cmake --build build && tests/bench/run.py

The job: border crossings, one row each, to counts per quarter by direction, by citizenship, by purpose, by checkpoint, and
by sex and age group, in one pass. What comes in: sizes, threads, styles. What goes out: a table and JSON with medians,
ratios to each peer and to the limit, throughput and peak memory. All programs must give the same tables. A peer that is
not there is installed into a virtual environment, or skipped, and it is said why.
"""
import argparse
import csv
import datetime
import gzip
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
LABELS = {"in": "IN", "out": "OUT", "въезд": "IN", "выезд": "OUT", "жен": "F", "муж": "M", "private": "PRIVATE",
          "transit": "TRANSIT", "work": "LABOUR", "tourism": "TOURISM", "business": "BUSINESS", "study": "STUDY",
          "частная": "PRIVATE", "транзит": "TRANSIT", "работа": "LABOUR", "туризм": "TOURISM", "деловая": "BUSINESS",
          "учёба": "STUDY"}
LABELS.update({name: code for code, name in
               re.findall(r'\{"([A-Z]{3})", "([^"]+)"', (HERE / "crossings.c").read_text(encoding="utf-8"))})


def say(text):
    print(text, flush=True)


class Programs:
    """What can be run, and why what cannot."""

    def __init__(self, build, work, wanted):
        self.bench, self.work, self.wanted = build / "tests" / "bench", work, wanted
        self.skipped = {}
        self.python = self.find_python()
        self.versions = {}

    def find_python(self):
        python = self.work / "venv" / "bin" / "python"
        needed = [name for name in ("duckdb", "polars", "pandas", "pyarrow", "datafusion") if name in self.wanted]
        if needed and not python.exists():
            say(f"making a virtual environment with {', '.join(needed)}")
            made = subprocess.run([sys.executable, "-m", "venv", str(self.work / "venv")], capture_output=True)
            if made.returncode == 0:
                subprocess.run([str(python), "-m", "pip", "-q", "install", *needed])
        return python

    def has_module(self, name):
        if not self.python.exists():
            self.skipped[name] = "no virtual environment could be made"
            return False
        found = subprocess.run([str(self.python), "-c", f"import {name}; print({name}.__version__)"],
                               capture_output=True, text=True)
        if found.returncode != 0:
            self.skipped[name] = "not installed, and pip could not install it"
            return False
        self.versions[name] = found.stdout.strip()
        return True

    def command(self, name, path, threads, out):
        """The command line of a program, or None and the reason in self.skipped."""
        packed, quoted = path.suffix == ".gz", "cyrillic" in path.name
        peers = HERE / "peers"
        if name == "limit":
            return [str(self.bench / "bench_limit"), str(path), "--threads", str(threads)]
        if name.startswith("mtm"):
            simd = {"mtm": "0", "mtm-portable": "1", "mtm-sse2": "2", "mtm-avx2": "3"}[name]
            return [str(self.bench / "bench_count"), str(path), "--threads", str(threads), "--simd", simd, "--out", out]
        if name in ("duckdb", "polars", "pandas", "pyarrow", "datafusion"):
            if name == "pandas" and threads > 1:
                return None
            if name not in self.skipped and (name in self.versions or self.has_module(name)):
                return [str(self.python), str(peers / f"{name}_job.py"), str(path), str(threads), out]
            return None
        if name == "data.table":
            if "data.table" not in self.versions and "data.table" not in self.skipped:
                found = subprocess.run(["Rscript", "-e", "cat(as.character(packageVersion('data.table')))"],
                                       capture_output=True, text=True) if shutil.which("Rscript") else None
                if found is None or found.returncode != 0:
                    self.skipped["data.table"] = "not installed (Debian: r-cran-data.table, r-cran-r.utils)"
                else:
                    self.versions["data.table"] = found.stdout.strip()
            if "data.table" in self.skipped:
                return None
            return ["Rscript", str(peers / "datatable_job.R"), str(path), str(threads), out]
        if name == "mawk":
            if shutil.which("mawk") is None:
                self.skipped["mawk"] = "not installed (Debian: mawk)"
            if threads > 1 or quoted or "mawk" in self.skipped:
                return None
            script = ["mawk", "-v", f"out={out}", "-f", str(peers / "mawk_job.awk")]
            return ["sh", "-c", f"zcat '{path}' | {' '.join(script)}"] if packed else [*script, str(path)]
        raise SystemExit(f"no such program: {name}")


def measure(command, log, work):
    """Wall time, processor time, peak memory of a process and its children.

    GNU time starts it, because a process made from this one would be charged with this one's memory."""
    gnu_time, note = shutil.which("time"), work / "time"
    note.unlink(missing_ok=True)
    if gnu_time is not None:
        command = [gnu_time, "-q", "-f", "%M", "-o", str(note), *command]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    kib = int(note.read_text().split()[-1]) if note.exists() else usage.ru_maxrss
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mib": kib / 1024, "ok": process.returncode == 0}


def read_tables(path):
    """{(table, quarter, key...): count}, with codes for labels, from libmtm's CSV or a peer's tab-separated lines."""
    found, table = {}, None
    with open(path, encoding="utf-8", newline="") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# "):
                table = line[2:]
            elif table is not None:
                cells = next(csv.reader([line]))
                if cells[0] != "period":
                    found[(table, *cells[:-2])] = int(cells[-2])
            elif line:
                name, quarter, *keys, n = line.split("\t")
                key = (name, quarter, *(LABELS.get(key, key) for key in keys))
                found[key] = found.get(key, 0) + int(n)
    return found


def make_file(programs, work, millions, style):
    kind = "cyrillic" if style == "cyrillic" else "plain"
    path = work / f"crossings-{millions}m-{kind}.csv"
    if not path.exists():
        say(f"making {path.name}")
        with open(path.with_suffix(".part"), "wb") as out:
            subprocess.run([str(programs.bench / "bench_crossings"), str(round(millions * 1e6)), "--style", kind],
                           stdout=out, check=True)
        path.with_suffix(".part").rename(path)
    if style != "gzip":
        return path
    packed = path.with_name(path.name + ".gz")
    if not packed.exists():
        say(f"making {packed.name}")
        with open(path, "rb") as plain, gzip.open(f"{packed}.part", "wb", compresslevel=6) as out:
            shutil.copyfileobj(plain, out, 1 << 20)
        os.rename(f"{packed}.part", packed)
    return packed


def warm(path):
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass


def run_case(programs, names, path, threads, runs, log):
    results, tables = {}, {}
    commands = {name: programs.command(name, path, threads, str(programs.work / f"out-{name}")) for name in names}
    commands = {name: command for name, command in commands.items() if command is not None}
    warm(path)
    for turn in range(runs):
        for name, command in commands.items():
            slow = name in results and statistics.median(r["seconds"] for r in results[name]) > 20
            if slow and turn >= 3:
                continue
            out = programs.work / f"out-{name}"
            out.unlink(missing_ok=True)
            one = measure(command, log, programs.work)
            if not one["ok"]:
                programs.skipped[f"{name}, {path.name}, {threads} threads"] = "it failed; see run.log"
                results.pop(name, None)
                commands = {k: v for k, v in commands.items() if k != name}
                break
            results.setdefault(name, []).append(one)
            if turn == 0 and name != "limit":
                tables[name] = read_tables(out)
    reference = tables.get("mtm", {})
    for name, table in tables.items():
        if name in results and table != reference:
            differing = [key for key in {*table, *reference} if table.get(key) != reference.get(key)]
            raise SystemExit(f"{name} and mtm disagree about {len(differing)} cells of {path.name}, such as "
                             f"{differing[0]}: {table.get(differing[0])}, {reference.get(differing[0])}")
    return results, sum(n for key, n in reference.items() if key[0] == "direction")


def summarise(results, path, threads, rows, style):
    medians = {name: statistics.median(r["seconds"] for r in runs) for name, runs in results.items()}
    mtm, limit = medians.get("mtm"), medians.get("limit")
    lines = []
    for name, seconds in medians.items():
        lines.append({
            "file": path.name, "style": style, "bytes": path.stat().st_size, "rows": rows, "threads": threads,
            "program": name, "runs": len(results[name]), "seconds": round(seconds, 4),
            "fastest": round(min(r["seconds"] for r in results[name]), 4),
            "cpu_seconds": round(statistics.median(r["cpu"] for r in results[name]), 3),
            "peak_mib": round(max(r["mib"] for r in results[name]), 1),
            "rows_per_second": round(rows / seconds), "mb_per_second": round(path.stat().st_size / seconds / 1e6),
            "times_limit": round(seconds / limit, 2) if limit else None,
            "times_mtm": round(seconds / mtm, 2) if mtm else None})
    return lines


def print_table(lines):
    say(f"\n{lines[0]['file']}: {lines[0]['rows']:,} rows, {lines[0]['bytes'] / 1e6:,.0f} MB, {lines[0]['threads']} "
        f"thread{'s' if lines[0]['threads'] > 1 else ''}; all tables agree")
    say(f"{'program':<14}{'median s':>10}{'fastest':>9}{'cpu s':>8}{'x limit':>9}{'x mtm':>8}{'M rows/s':>10}{'MB/s':>7}{'peak MiB':>10}")
    for line in sorted(lines, key=lambda line: line["seconds"]):
        limit = f"{line['times_limit']:.1f}" if line["times_limit"] else "-"
        ratio = f"{line['times_mtm']:.1f}" if line["times_mtm"] else "-"
        say(f"{line['program']:<14}{line['seconds']:>10.3f}{line['fastest']:>9.3f}{line['cpu_seconds']:>8.2f}{limit:>9}{ratio:>8}"
            f"{line['rows_per_second'] / 1e6:>10.1f}{line['mb_per_second']:>7}{line['peak_mib']:>10.1f}")


def machine():
    model = "unknown"
    if os.path.exists("/proc/cpuinfo"):
        found = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
        model = found.group(1) if found else model
    flags = pathlib.Path("/proc/cpuinfo").read_text() if os.path.exists("/proc/cpuinfo") else ""
    return {"processor": model, "cores": os.cpu_count(), "avx2": " avx2" in flags, "avx512": " avx512bw" in flags,
            "system": platform.platform(), "load_before": os.getloadavg()[0],
            "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", default="1,8", help="millions of rows, such as 1,8,80 (default 1,8)")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--styles", default="plain,cyrillic,gzip")
    parser.add_argument("--programs", default="limit,mtm,mtm-avx2,mtm-sse2,mtm-portable,duckdb,polars,datafusion,pyarrow,data.table,pandas,mawk")
    parser.add_argument("--runs", type=int, default=5, help="turns; programs slower than 20 s take at most 3")
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parents[1] / "build")
    parser.add_argument("--work", type=pathlib.Path, help="where files and the virtual environment go (BUILD/bench)")
    parser.add_argument("--json", type=pathlib.Path, help="where the results go (WORK/results.json)")
    options = parser.parse_args()
    work = options.work or options.build / "bench"
    work.mkdir(parents=True, exist_ok=True)
    names = options.programs.split(",")
    programs = Programs(options.build, work, names)
    if not (programs.bench / "bench_count").exists():
        raise SystemExit(f"{programs.bench}/bench_count is not there: cmake --build {options.build}")
    report = {"machine": machine(), "results": []}
    if report["machine"]["load_before"] > 0.5:
        say(f"warning: the machine is loaded ({report['machine']['load_before']:.1f}); processor seconds hold better than wall time")
    with open(work / "run.log", "w") as log:
        for millions in options.rows.split(","):
            for style in options.styles.split(","):
                path = make_file(programs, work, float(millions) if "." in millions else int(millions), style)
                for threads in map(int, options.threads.split(",")):
                    results, rows = run_case(programs, names, path, threads, options.runs, log)
                    lines = summarise(results, path, threads, rows, style)
                    report["results"] += lines
                    print_table(lines)
    report["versions"], report["skipped"] = programs.versions, programs.skipped
    report["machine"]["load_after"] = os.getloadavg()[0]
    for name, why in programs.skipped.items():
        say(f"skipped: {name}: {why}")
    (options.json or work / "results.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"written: {options.json or work / 'results.json'}")


if __name__ == "__main__":
    main()
