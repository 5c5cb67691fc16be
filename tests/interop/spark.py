"""Counting in Apache Spark: the tables of any number of partitions are those of one process, to the byte. Not part of the
base tests: run with a Python that has pyspark 3.5 or later, pyarrow and pandas, and a Java,

    PYTHONPATH=build/python python tests/interop/spark.py

The end is 77, and said so, when something is missing. Everything runs in this process and on the loopback address."""
import datetime
import os
import random
import signal
import sys
import tempfile
import unittest

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

try:
    import pandas  # noqa: F401
    import pyarrow
    from pyspark.sql import SparkSession
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

import mtm
import mtm.spark

BY = ["direction", ["direction", "citizenship"]]


def rows(n, seed=1):
    """Crossings with every thousandth date wrong, labels in two languages and one that no list knows."""
    chance = random.Random(seed)
    return [(f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}" if i % 1000 else "2024-13-01",
             chance.choice(["in", "out", "въезд"]), chance.choice(["UZB", "KGZ", "Узбекистан", "Atlantis", "", None]))
            for i in range(n)]


def tables(package):
    return [bytes(dataset.to_csv(), "utf-8") for dataset in package]


def of_one_process(data):
    tabulator = mtm.Tabulator(mtm._tabulate.specification_of(BY, period="quarter", sum=None, filter=None, ages=None,
                                                             resource=None))
    tabulator.add(data)
    return tabulator


def refused(check):
    return sorted((one.column, one.code, one.found) for one in check.diagnostics if one.severity == "error")


class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = (SparkSession.builder.master("local[2,3]").appName("mtm").config("spark.ui.enabled", "false")
                     .config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
                     .config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.shuffle.partitions", "4")
                     .config("spark.sql.session.timeZone", "UTC").config("spark.python.worker.reuse", "true")
                     .getOrCreate())
        cls.spark.sparkContext.setLogLevel("OFF")
        cls.rows = rows(20000)
        cls.frame = cls.spark.createDataFrame(cls.rows, "date string, direction string, citizenship string").cache()
        cls.one = of_one_process(pyarrow.table(dict(zip(("date", "direction", "citizenship"), map(list, zip(*cls.rows))))))

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def test_partitions_do_not_show(self):
        want = tables(self.one.finish())
        for n in (1, 2, 7, 70):
            counts = mtm.spark.tabulate(self.frame.repartition(n), by=BY)
            self.assertEqual(tables(counts), want, n)
            self.assertEqual(counts.tabulator.rows, self.one.rows)
            self.assertEqual(sum(row["accepted"] for row in counts.states.collect()), self.one.rows["accepted"])
            found = sorted((row["column"], row["code"], row["found"]) for row in counts.refused.collect())
            self.assertEqual(found, refused(self.one.check()))
            counts.unpersist()

    def test_empty_and_equal_partitions(self):
        few = self.spark.createDataFrame([("2024-04-01", "in", "UZB")] * 6, self.frame.schema).repartitionByRange(6, "date")
        same = few.rdd.flatMap(lambda row: [row]).repartition(40).toDF(self.frame.schema)
        counts = mtm.spark.tabulate(same, by=BY)
        self.assertEqual(counts.tabulator.rows["accepted"], 6)
        nothing = mtm.spark.tabulate(few.where("date < '2000'"), by=BY)
        self.assertEqual(nothing.tabulator.rows["in"], 0)

    def test_a_partition_counts_once(self):
        once = mtm.spark.tabulate(self.frame.repartition(3), by=BY, job="crossings/2024")
        again = mtm.spark.tabulate(self.frame.repartition(3), by=BY, job="crossings/2024")
        with self.assertRaisesRegex(mtm.InputError, "crossings/2024/part-"):
            once.tabulator.merge(again.tabulator)
        other = mtm.spark.tabulate(self.frame.repartition(3), by=BY, job="crossings/2024 again")
        self.assertEqual(other.tabulator.merge(once.tabulator).rows["in"], 2 * self.one.rows["in"])

    def test_a_task_that_dies_is_run_again(self):
        with tempfile.TemporaryDirectory() as folder:
            def die_once(batches):
                from pyspark import TaskContext
                mark = os.path.join(folder, str(TaskContext.get().partitionId()))
                first = not os.path.exists(mark)
                open(mark, "w").close()
                for batch in batches:
                    yield batch
                    if first:
                        os.kill(os.getpid(), signal.SIGKILL)

            dying = self.frame.repartition(4).mapInArrow(die_once, self.frame.schema)
            self.assertEqual(tables(mtm.spark.tabulate(dying, by=BY)), tables(self.one.finish()))
            self.assertEqual(len(os.listdir(folder)), 4)

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i in range(40):
                paths.append(os.path.join(folder, f"{i}.csv"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    file.write("date,direction,citizenship\n" + "".join(f"{d},{w},{c or ''}\n" for d, w, c in rows(100, i)))
            one = mtm.Tabulator(self.one.specification)
            for path in paths:
                one.add(path)
            self.assertEqual(tables(mtm.spark.tabulate(paths, by=BY, session=self.spark)), tables(one.finish()))
            empty = os.path.join(folder, "empty.csv")
            with open(empty, "w", encoding="utf-8") as file:
                file.write("date,direction,citizenship\n")
            self.assertEqual(tables(mtm.spark.tabulate([*paths, empty], by=BY, session=self.spark)), tables(one.finish()))
            with self.assertRaisesRegex(Exception, "is the same"):
                mtm.spark.tabulate(paths + paths[:1], by=BY, session=self.spark)

    def test_instants_need_a_zone(self):
        late = datetime.datetime(2024, 3, 31, 21, 30, tzinfo=datetime.timezone.utc)  # 1 April in Almaty
        frame = self.spark.createDataFrame([(late, "in", "UZB")], "date timestamp, direction string, citizenship string")
        with self.assertRaisesRegex(mtm.MtmError, "zone"):
            mtm.spark.tabulate(frame, by=BY)
        counts = mtm.spark.tabulate(frame, by=BY, zone="Asia/Almaty")
        self.assertIn(b"2024-Q2", tables(counts)[0])
        self.assertIn(b"2024-Q1", tables(mtm.spark.tabulate(frame, by=BY, zone="UTC"))[0])

    def test_mistakes_are_said_before_a_task_runs(self):
        with self.assertRaises(mtm.MtmError):
            mtm.spark.tabulate(self.frame, {"groupings": []})
        with self.assertRaises(mtm.MtmError):
            mtm.spark.tabulate(self.frame.select("direction"), by=BY)
        with self.assertRaises(TypeError):
            mtm.spark.tabulate(self.frame)


if __name__ == "__main__":
    unittest.main(verbosity=2)
