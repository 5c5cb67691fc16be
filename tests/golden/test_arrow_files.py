"""Arrow files and streams of messages as input of rows and check: what the program writes it reads back; what pyarrow and
polars write is read as they read it; bent and cut files are refused in words, never by a crash, and within a second."""
import json
import random
import struct
import sys
import time
import unittest

from program import ProgramTest, run

try:
    import pyarrow
    import pyarrow.feather
    import pyarrow.ipc
except ImportError:
    pyarrow = None

TABLE = """period,citizenship,sex,value
2024-Q1,UZB,M,10
2024-Q1,"Кыргызстан, Республика",F,20
2024-Q2,UZB,M,30
2024-Q2,KGZ,,
"""


class OwnFiles(ProgramTest):
    """With nothing installed beside the program."""

    def arrow(self, text):
        (self.folder / "t.csv").write_text(text, encoding="utf-8")
        self.fine("rows", self.folder / "t.csv", "-o", self.folder / "t.arrow")
        return self.folder / "t.arrow"

    def test_what_is_written_is_read(self):
        path = self.arrow(TABLE)
        self.assertEqual(self.fine("rows", path), self.fine("rows", self.folder / "t.csv"))

    def test_messages_without_the_marks_of_a_file(self):
        data = self.arrow(TABLE).read_bytes()
        stream = self.folder / "t.arrows"
        stream.write_bytes(data[8:])
        self.assertEqual(self.fine("rows", stream), self.fine("rows", self.folder / "t.csv"))
        stream.write_bytes(data[8:data.rindex(b"\xFF\xFF\xFF\xFF\0\0\0\0")])  # nor an end
        self.assertEqual(self.fine("rows", stream), self.fine("rows", self.folder / "t.csv"))

    def test_names_are_names_whatever_they_look_like(self):
        path = self.arrow("2023,2024,7\n1,2,3\n4,5,6\n")
        shown = self.fine("rows", path, "-f", "jsonl").splitlines()
        self.assertEqual(len(shown), len(self.fine("rows", self.folder / "t.csv", "-f", "jsonl").splitlines()))

    def test_check_and_init(self):
        path = self.arrow(TABLE.replace(",,\n", ",F,5\n"))
        alone = json.loads(self.fine("check", path, "-f", "json"))
        self.assertEqual((alone["rows"]["accepted"], alone["sums"]), (4, {"value": "65"}))
        self.fine("init", self.folder / "p", path, "--country", "KAZ", "--concept", "migration", "--kind", "flow")
        after = json.loads(self.fine("check", self.folder / "p", "-f", "json"))
        self.assertEqual((after["rows"], after["sums"]), (alone["rows"], alone["sums"]))

    def test_under_the_name_of_a_text_file(self):
        data = self.arrow(TABLE).read_bytes()
        (self.folder / "u.csv").write_bytes(data)
        self.assertIn("an Arrow file", self.refused(1, "rows", self.folder / "u.csv")[0])

    def test_bent_and_cut(self):
        data = self.arrow(TABLE).read_bytes()
        path, chance = self.folder / "b.arrow", random.Random(7)
        for turn in range(200):
            bent = bytearray(data[:chance.randrange(8, len(data))] if turn % 4 == 0 else data)
            for _ in range(chance.randrange(1, 4)):
                at = chance.randrange(8, len(bent)) if len(bent) > 8 else 0
                bent[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
            path.write_bytes(bent)
            began = time.monotonic()
            result = run("rows", path)
            self.assertIn(result.returncode, (0, 1), (turn, result.stderr))
            self.assertLess(time.monotonic() - began, 5)
            if result.returncode == 1:
                self.assertRegex(result.stderr, "found|expected|limit")

    def test_lengths_that_promise_too_much(self):
        data = self.arrow(TABLE).read_bytes()
        for length in (0x7FFFFFF8, 0x04000008, 1 << 20):
            path = self.folder / "l.arrow"
            path.write_bytes(data[:12] + struct.pack("<I", length) + data[16:])
            self.refused(1, "rows", path)


@unittest.skipIf(pyarrow is None, "pyarrow is not installed")
class Pyarrow(ProgramTest):
    def rows(self, path):
        return [json.loads(line) for line in self.fine("rows", path, "-f", "jsonl").splitlines()]

    def table(self):
        import datetime
        import decimal
        return pyarrow.table({
            "text": pyarrow.array(["a", None, "ж", "x" * 40]),
            "large": pyarrow.array(["1", "2", None, ""], pyarrow.large_string()),
            "view": pyarrow.array(["short", "a text longer than twelve bytes", None, ""], pyarrow.string_view()),
            "int": pyarrow.array([1, -2, None, 4], pyarrow.int16()),
            "float": pyarrow.array([1.5, None, 0.1, -3.0]),
            "bool": pyarrow.array([True, False, None, True]),
            "dec": pyarrow.array([decimal.Decimal("1.25"), None, decimal.Decimal("-0.5"), decimal.Decimal("3")], pyarrow.decimal128(9, 2)),
            "day": pyarrow.array([datetime.date(2024, 2, 29), None, datetime.date(1969, 12, 31), datetime.date(2000, 1, 1)]),
            "time": pyarrow.array([0, 1, None, 86400], pyarrow.timestamp("s")),
            "code": pyarrow.array(["UZB", "KGZ", None, "UZB"]).dictionary_encode(),
            "list": pyarrow.array([[1, 2], None, [], [3]]),
            "null": pyarrow.nulls(4),
        })

    def expected(self):
        return [["a", "1", "short", "1", "1.5", "true", "1.25", "2024-02-29", "1970-01-01", "UZB"],
                ["", "2", "a text longer than twelve bytes", "-2", "", "false", "", "", "1970-01-01T00:00:01", "KGZ"],
                ["ж", "", "", "", "0.1", "", "-0.5", "1969-12-31", "", ""],
                ["x" * 40, "", "", "4", "-3", "true", "3", "2000-01-01", "1970-01-02", "UZB"]]

    def test_types_containers_and_packing(self):
        table = self.table()
        for name, options in [("plain", {}), ("lz4", {"compression": "lz4"})]:
            path = self.folder / f"{name}.arrow"
            settings = pyarrow.ipc.IpcWriteOptions(**options)
            with pyarrow.ipc.new_file(str(path), table.schema, options=settings) as file:
                file.write_table(table, max_chunksize=3)
            stream = self.folder / f"{name}.arrows"
            with pyarrow.ipc.new_stream(str(stream), table.schema, options=settings) as file:
                file.write_table(table)
            for one in (path, stream):
                rows = [list(row.values())[:10] for row in self.rows(one)]
                self.assertEqual([["" if c is None else c for c in row] for row in rows], self.expected(), one)

    def test_feather(self):
        path = self.folder / "t.feather"
        pyarrow.feather.write_feather(pyarrow.table({"a": ["x", "y"] * 500, "b": list(range(1000))}), str(path))
        self.assertEqual([row["b"] for row in self.rows(path)], [str(i) for i in range(1000)])

    def test_zstd_is_named(self):
        path = self.folder / "z.arrow"
        with pyarrow.ipc.new_file(str(path), pyarrow.schema([("a", pyarrow.string())]), options=pyarrow.ipc.IpcWriteOptions(compression="zstd")) as file:
            file.write_table(pyarrow.table({"a": ["x" * 1000]}))
        self.assertIn("ZSTD", self.refused(1, "rows", path)[0])

    def test_nothing_at_all(self):
        path = self.folder / "n.arrow"
        with pyarrow.ipc.new_file(str(path), pyarrow.schema([("a", pyarrow.string()), ("b", pyarrow.int64())])) as file:
            file.write_batch(pyarrow.record_batch({"a": pyarrow.array([], pyarrow.string()), "b": pyarrow.array([], pyarrow.int64())}))
        self.assertEqual(self.fine("rows", path), "a,b\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
