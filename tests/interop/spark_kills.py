"""Counting in Apache Spark while its workers and executors are killed, speculation on: the tables and the refused rows are those of
one process, to the byte. Executors are processes of their own (a cluster on the loopback address). Not part of the base tests:

    PYTHONPATH=build/python MTM_BUILD=build python tests/interop/spark_kills.py [ROWS [KILLS]]

The end is 77, and said so, when something is missing. 80 million rows want 8 GB on the disk."""
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

try:
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet
    from pyspark.sql import SparkSession
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

import mtm
import mtm.spark

BY = ["direction", "citizenship", "purpose", ["direction", "citizenship"], "sex"]
SQL = ("SELECT substr(time, 1, 7) AS month, direction, citizenship, purpose, sex, count(*) FROM {} GROUP BY GROUPING SETS ("
       + ", ".join(f"(month, {', '.join([one] if isinstance(one, str) else one)})" for one in BY) + ")")
FILE_ROWS = 250_000
CORES = 2


def make_files(folder, rows):
    """CSV and Parquet files of the benchmark's crossings, in each one row that is refused."""
    maker = pathlib.Path(os.environ["MTM_BUILD"]) / "tests/bench/bench_crossings"
    paths = []
    for first in range(0, rows, FILE_ROWS):
        path = folder / "csv" / f"{first // FILE_ROWS:05}.csv"
        path.parent.mkdir(exist_ok=True)
        made = subprocess.run([maker, str(min(FILE_ROWS, rows - first)), "--first", str(first)], capture_output=True, check=True).stdout
        path.write_bytes(made.replace(b",20", b",2x", 1))  # one time that is none
        text = pyarrow.csv.read_csv(path, convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pyarrow.string() for name in open(path, encoding="utf-8").readline().strip().split(",")},
            strings_can_be_null=False))
        (folder / "parquet").mkdir(exist_ok=True)
        pyarrow.parquet.write_table(text, folder / "parquet" / f"{path.stem}.parquet")
        paths.append(str(path))
    return paths


def children():
    """What this process has started, and what those have: (pid, command line)."""
    parents, lines = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                lines[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat[stat.rindex(")") + 2:].split()[1])
    found, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        grown = bool(more)
        found |= more
    return [(pid, lines.get(pid, "")) for pid in found - {os.getpid()}]


class Killer(threading.Thread):
    """Kills an executor, or a worker of Python within one, after a random while, until it is told to end."""

    def __init__(self, most, pause, seed=1):
        super().__init__(daemon=True)
        self.most, self.pause, self.chance = most, pause, random.Random(seed)
        self.kills = {"executor": 0, "worker": 0}
        self.over = threading.Event()

    def run(self):
        while sum(self.kills.values()) < self.most and not self.over.wait(self.chance.uniform(0.5, 1.5) * self.pause):
            kind, sign = self.chance.choice([("executor", "CoarseGrainedExecutorBackend"), ("worker", "pyspark.daemon"), ("worker", "pyspark.daemon")])
            running = [pid for pid, line in children() if sign in line]
            if running:
                try:
                    os.kill(self.chance.choice(running), signal.SIGKILL)
                    self.kills[kind] += 1
                except ProcessLookupError:
                    pass


def processor_seconds():
    """Of this process and all it has started; those that were killed are counted by their parents."""
    ticks = 0
    for pid, _ in children() + [(os.getpid(), "")]:
        try:
            stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        ticks += sum(map(int, stat[stat.rindex(")") + 2:].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(name, work):
    began, wall = processor_seconds(), time.time()
    out = work()
    print(f"{name}: {processor_seconds() - began:.1f} processor seconds, {time.time() - wall:.0f} s", flush=True)
    return out


def tables(package):
    return [dataset.to_csv() for dataset in package]


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what} differ from those of one process")


def main(rows, kills):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mtm-spark-", dir=os.environ.get("TMPDIR")))
    paths = measured(f"making {rows} rows", lambda: make_files(folder, rows))
    one = mtm.Tabulator(mtm._tabulate.specification_of(BY, period="quarter", sum=None, filter=None, ages=None, resource=None))
    measured("one process over CSV", lambda: [one.add(path) for path in paths])
    wanted, balance = tables(one.finish()), one.rows
    refused = sorted((d.code, d.found) for d in one.check().diagnostics if d.severity == "error")
    print(balance, f"{len(refused)} refused rows told of", flush=True)
    spark = (SparkSession.builder.master(f"local-cluster[{CORES},1,1024]").appName("mtm").config("spark.ui.enabled", "false")
             .config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
             .config("spark.driver.bindAddress", "127.0.0.1").config("spark.executor.memory", "1g")
             .config("spark.executorEnv.PYTHONPATH", str(pathlib.Path(mtm.__file__).resolve().parents[1])).config("spark.speculation", "true")
             .config("spark.speculation.multiplier", "1.5").config("spark.task.maxFailures", "1000")
             .config("spark.deploy.maxExecutorRetries", "-1").config("spark.stage.maxConsecutiveAttempts", "1000")
             .config("spark.excludeOnFailure.enabled", "false").config("spark.local.dir", str(folder / "spark"))
             .config("spark.sql.files.maxPartitionBytes", str(16 << 20)).config("spark.sql.session.timeZone", "UTC")
             .config("spark.sql.execution.arrow.maxRecordsPerBatch", "65536").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    try:
        frame = spark.read.parquet(str(folder / "parquet")).select("time", "direction", "citizenship", "purpose", "sex")
        frame.createOrReplaceTempView("crossings")
        spark.read.csv(str(folder / "csv"), header=True).createOrReplaceTempView("crossings_csv")
        warm = spark.read.parquet(str(folder / "parquet" / "00000.parquet")).select(frame.columns)
        warm.createOrReplaceTempView("warm")
        spark.sql(SQL.format("warm")).collect()
        mtm.spark.tabulate(warm, by=BY).unpersist()
        for kind, view in (("Parquet", "crossings"), ("CSV", "crossings_csv")):
            measured(f"Spark SQL over {kind}", lambda: spark.sql(SQL.format(view)).collect())
        measured("hand-over alone, Parquet", lambda: frame.mapInArrow(lambda batches: (b for b in batches if b.num_rows < 0), frame.schema).count())
        for name, data, most in (("no kill, Parquet", frame, 0), ("kills, Parquet", frame, kills), ("kills, files", paths, kills)):
            killer = Killer(most, pause=max(2.0, rows / 8e6))
            killer.start()
            counts = measured(name, lambda: mtm.spark.tabulate(data, by=BY, session=spark))
            killer.over.set()
            killer.join()
            expect(f"{name}: tables", tables(counts), wanted)
            for key in ("accepted", "rejected"):  # a header is a row of a file alone
                expect(f"{name}: rows {key}", counts.tabulator.rows[key], balance[key])
            print(f"{name}: {counts.states.count()} partitions, killed {killer.kills}: equal to the byte", flush=True)
            if not most:
                expect(f"{name}: refused rows", sorted((row["code"], row["found"]) for row in counts.refused.collect()), refused)
            counts.unpersist()
        print(f"largest process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB (the driver's Python)")
    finally:
        spark.stop()
        subprocess.run(["rm", "-rf", folder], check=False)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or (1_000_000, 5)))
