"""The recipes of docs/scale.md in Dask, Ray, DuckDB and Polars: tables and states are those of one process, to the byte; and the
attacks that need engines. Not part of the base tests: `tests/interop/run engines` installs the engines aside and starts this.

What is missing is skipped, and said. Everything runs on this machine and on the loopback address."""
import functools
import importlib.util
import os
import random
import pathlib
import tempfile
import unittest

import mtm

SPECIFICATION = {"groupings": [{"by": ["direction"]}, {"by": ["direction", "citizenship"], "period": "month"}]}
FAN = 4


def count(path):
    return mtm.Tabulator(SPECIFICATION).add(path, identity=f"{path}@{os.stat(path).st_mtime_ns}").save()


def merge(states):
    return mtm.Tabulator(SPECIFICATION).merge(list(states)).save()


def fans(items):
    return [items[i:i + FAN] for i in range(0, len(items), FAN)]


def needs(*modules):
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    return unittest.skipIf(missing, f"{', '.join(missing)} not installed")


class Recipes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp())
        chance = random.Random(5)
        cls.paths, cls.rows = [], []
        for i in range(13):
            rows = [(f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}", chance.choice(["in", "out"]),
                     chance.choice(["UZB", "KGZ", "Узбекистан", "Atlantis"])) for _ in range(300 if i else 0)]
            cls.paths.append(str(folder / f"part-{i:05d}.csv"))
            text = "".join(",".join(row) + "\n" for row in [("date", "direction", "citizenship"), *rows, ("2024-13-01", "in", "UZB")])
            pathlib.Path(cls.paths[-1]).write_text(text, encoding="utf-8")
            cls.rows += [*rows, ("2024-13-01", "in", "UZB")]
        cls.whole = merge(map(count, cls.paths))
        cls.tables = cls.tables_of(mtm.Tabulator.load(cls.whole))

    @staticmethod
    def tables_of(tabulator):
        return [dataset.to_csv() for dataset in tabulator.finish()]

    def test_one_process_after_the_other(self):
        one = functools.reduce(lambda tabulator, path: tabulator.add(path), self.paths, mtm.Tabulator(SPECIFICATION))
        self.assertEqual(self.tables_of(one), self.tables)
        self.assertEqual(one.rows["rejected"], len(self.paths))

    @needs("dask")
    def test_dask(self):
        import dask
        level = [dask.delayed(count)(path) for path in self.paths]
        while len(level) > 1:
            level = [dask.delayed(merge)(fan) for fan in fans(level)]
        (whole,) = dask.compute(level[0], scheduler="processes", num_workers=2)
        self.assertEqual(whole, self.whole)

    @needs("ray")
    def test_ray(self):
        import ray
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1", configure_logging=False)
        try:
            counting = ray.remote(count)
            merging = ray.remote(lambda *states: merge(states))
            level = [counting.remote(path) for path in self.paths]
            while len(level) > 1:
                level = [merging.remote(*fan) for fan in fans(level)]
            self.assertEqual(ray.get(level[0]), self.whole)
        finally:
            ray.shutdown()

    def counted(self, data):
        tabulator = mtm.Tabulator(SPECIFICATION).add(data)
        self.assertEqual(tabulator.rows["rejected"], len(self.paths))
        return self.tables_of(tabulator)

    @needs("duckdb")
    def test_duckdb(self):
        import duckdb
        base = duckdb.connect()
        relation = base.read_csv(self.paths, header=True, all_varchar=True)
        self.assertEqual(self.counted(relation), self.tables)

    @needs("polars")
    def test_polars_lazy(self):
        import polars
        self.assertEqual(self.counted(polars.scan_csv(self.paths, infer_schema=False)), self.tables)

    @needs("pyarrow")
    def test_parquet(self):
        import pyarrow
        import pyarrow.parquet
        path = self.paths[0] + ".parquet"
        columns = list(zip(*self.rows))
        pyarrow.parquet.write_table(pyarrow.table(dict(zip(("date", "direction", "citizenship"), map(list, columns)))), path,
                                    row_group_size=500)
        self.assertEqual(self.counted(path), self.tables)


class Attacks(unittest.TestCase):
    @needs("pandas", "numpy")
    def test_every_attack_that_can_be_made_here(self):
        import attacks
        made = 0
        for attack in attacks.ATTACKS:
            with self.subTest(attack.name):
                if not attack.missing:
                    self.assertEqual(attacks.run(attack), "")
                    made += 1
        print(f"{made} of {len(attacks.ATTACKS)} attacks made")


if __name__ == "__main__":
    unittest.main(verbosity=2)
