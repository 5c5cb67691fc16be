"""The recipes of docs/scale.md in Dask, Ray, DuckDB and Polars: tables and states are those of one process, to the byte; and the
attacks that need engines. Not part of the base tests: `tests/interop/run engines` installs the engines aside and starts this.

What is missing is skipped, and said. Everything runs on this machine and on the loopback address."""
import datetime
import functools
import importlib.util
import os
import random
import pathlib
import re
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


class Tables(unittest.TestCase):
    """A table of figures in the layouts of engines is the dataset of its CSV, or is refused in the same row."""
    RESOURCE = {"name": "t", "mtm": {"kind": "flow", "concept": "border-crossings"}, "schema": {"fields": [
        {"name": "period", "mtm": {"role": "period"}}, {"name": "place", "mtm": {"role": "dimension"}},
        {"name": "value", "mtm": {"role": "value"}}]}}
    ROWS = 3000

    def setUp(self):
        first = datetime.date(2020, 1, 1)
        self.columns = {"period": [first + datetime.timedelta(i // 30) for i in range(self.ROWS)],
                        "place": [f"P{i % 30}" for i in range(self.ROWS)],
                        "value": [i * 7919 % 2000 for i in range(self.ROWS)]}

    def said(self, data, header=0):
        """Without the line of a header, and what a refusal says after its line: a file counts characters, a stream cells."""
        try:
            made = (mtm.Dataset.from_csv if isinstance(data, bytes) else mtm.Dataset.from_arrow)(data, resource=self.RESOURCE)
        except mtm.MtmError as error:
            return type(error), error.line - header
        return made.to_csv() if header == 0 else re.sub(
            r",(\d+)$", lambda line: f",{int(line[1]) - header}", made.to_csv(), flags=re.MULTILINE)

    def csv(self, columns):
        rows = zip(*([("" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)) for cell in column]
                     for column in columns.values()))
        return "".join(",".join(row) + "\n" for row in [list(columns), *rows]).encode()

    @needs("pyarrow", "polars", "pandas", "duckdb")
    def test_layouts(self):
        import duckdb
        import pandas
        import polars
        import pyarrow as pa

        plain = pa.table(self.columns)
        place, value, numbers = plain["place"].combine_chunks(), plain["value"].combine_chunks(), range(self.ROWS)
        codes = plain.set_column(1, "place", place.dictionary_encode())
        repeated = pa.DictionaryArray.from_arrays(pa.array([i % 60 for i in numbers], pa.int16()), [f"P{i % 30}" for i in range(60)])
        backwards = pa.array(self.columns["place"][1500:][::-1]).dictionary_encode().take(pa.array(range(1499, -1, -1)))
        frame = plain.to_pandas()
        moment = plain["period"].cast(pa.timestamp("s"))
        layouts = {
            **{str(kind): plain.set_column(1, "place", place.cast(kind)) for kind in (pa.large_string(), pa.string_view())},
            **{str(kind): plain.set_column(2, "value", value.cast(kind))
               for kind in (pa.int16(), pa.uint32(), pa.uint64(), pa.float64(), pa.float32(), pa.decimal128(20, 0), pa.decimal256(40, 3))},
            **{str(kind): plain.set_column(0, "period", moment.cast(kind)) for kind in (pa.timestamp("s"), pa.timestamp("ns"), pa.date64())},
            "codes": codes, "values of a dictionary twice": plain.set_column(1, "place", repeated),
            "short chunks": pa.concat_tables([codes.slice(i, 97) for i in range(0, self.ROWS, 97)]),
            "chunks of no rows": pa.concat_tables([plain.slice(0, 0), plain.slice(0, 1500), plain.slice(0, 0), plain.slice(1500)]),
            "slices": pa.concat_tables([codes.slice(0, 5), codes]).slice(5),
            "dictionaries that differ": plain.set_column(1, "place", pa.chunked_array(
                [pa.array(self.columns["place"][:1500]).dictionary_encode(), backwards])),
            "pandas": frame, "categories": frame.astype({"place": "category"}), "strings": frame.astype({"place": "string"}),
            "pandas of Arrow": frame.astype({"place": pandas.ArrowDtype(pa.string()), "value": pandas.ArrowDtype(pa.int64())}),
            "polars": polars.from_arrow(plain), "lazy": polars.from_arrow(codes).lazy(), "DuckDB": duckdb.sql("select * from frame")}
        wanted = self.said(self.csv(self.columns), 1)
        self.assertEqual(len(wanted.splitlines()), self.ROWS + 1)
        for name, layout in layouts.items():
            with self.subTest(name):
                self.assertEqual(self.said(layout), wanted)

    @needs("pyarrow")
    def test_cells_that_nobody_met_before(self):
        import pyarrow as pa

        changes = {"no figure": ("value", None), "no place": ("place", None), "no day": ("period", None), "half": ("value", 0.5),
                   "a large figure": ("value", 2 ** 53), "spaces": ("place", " P20 "), "a new place": ("place", "Q"),
                   "a total": ("place", "Total"), "infinity": ("value", float("inf"))}
        for name, (column, cell) in changes.items():
            columns = {key: list(cells) for key, cells in self.columns.items()}
            columns[column] = [*columns[column][:2000], cell, *columns[column][2001:]]
            if isinstance(cell, float):
                columns[column] = [float(one) for one in columns[column]]
            table = pa.table(columns)
            with self.subTest(name):
                wanted = self.said(self.csv(columns), 1)
                self.assertEqual(self.said(table), wanted)
                codes = table["place"].combine_chunks().dictionary_encode()
                self.assertEqual(self.said(table.set_column(1, "place", codes)), wanted)

    @needs("pyarrow", "numpy")
    def test_what_has_no_figures_or_labels_is_refused_by_name(self):
        import numpy
        import pyarrow as pa

        table = pa.table(self.columns)
        runs = pa.RunEndEncodedArray.from_arrays(pa.array([self.ROWS], pa.int32()), pa.array(["P0"]))
        for number, name, column in ((1, "place", runs), (2, "value", pa.array(numpy.ones(self.ROWS, numpy.float16)))):
            with self.subTest(name), self.assertRaisesRegex(mtm.MtmError, f'"{name}".*cast the column'):
                mtm.Dataset.from_arrow(table.set_column(number, name, column), resource=self.RESOURCE)


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
