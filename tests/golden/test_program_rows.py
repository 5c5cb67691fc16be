"""The command rows: any table as CSV, JSON Lines and Arrow, with places and notes."""
import csv
import io
import json
import pathlib
import tempfile
import unittest

import arrow_file
from program import run

TABLE = 'Title\n\nname,men,name,\n"a\nb",1,x,\nд,3\n"c ""d""",4,"5,0",6,7\n'


class Rows(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "table.csv"
        self.file.write_text(TABLE, encoding="utf-8")

    def rows(self, *arguments):
        made = run("rows", self.file, *arguments, "--quiet")
        self.assertEqual(made.returncode, 0, made.stderr)
        return made.stdout

    def test_csv(self):
        rows = list(csv.reader(io.StringIO(self.rows())))
        self.assertEqual(rows, [["name", "men", "name", ""], ["a\nb", "1", "x", ""], ["д", "3", "", ""],
                                ['c "d"', "4", "5,0", "6", "7"]])

    def test_json_lines(self):
        rows = [json.loads(line) for line in self.rows("-f", "jsonl", "--places").splitlines()]
        self.assertEqual(rows[0]["row"], {"name": "a\nb", "men": "1", "name_2": "x", "col_3": ""})
        self.assertEqual(rows[0]["places"], [[4, 1], [5, 4], [5, 6], [5, 8]])
        self.assertEqual(rows[1]["row"], {"name": "д", "men": "3", "name_2": None, "col_3": None})

    def test_arrow(self):
        target = self.folder / "table.arrow"
        self.rows("-o", target, "--places")
        table = arrow_file.read(target.read_bytes())
        self.assertEqual(list(table), ["file", "line", "name", "men", "name_2", "col_3", "col_4", "places"])
        self.assertEqual(table["line"], [4, 6, 7])
        self.assertEqual(table["name"], ["a\nb", "д", 'c "d"'])
        self.assertEqual(table["name_2"], ["x", None, "5,0"])
        self.assertEqual(table["col_4"], [None, None, "7"])
        self.assertEqual([[(p["line"], p["column"]) for p in row] for row in table["places"][:2]],
                         [[(4, 1), (5, 4), (5, 6), (5, 8)], [(6, 1), (6, 3)]])
        self.assertEqual(set(table["file"]), {str(self.file)})

    def test_arrow_of_many_batches(self):
        self.file.write_text("n,word\n" + "".join(f"{i},w{i % 7}\n" for i in range(150_000)))
        target = self.folder / "table.arrow"
        self.rows("-o", target)
        table = arrow_file.read(target.read_bytes())
        self.assertEqual(table["n"], [str(i) for i in range(150_000)])
        self.assertEqual(table["word"][-1], f"w{149_999 % 7}")

    def test_arrow_without_rows(self):
        self.file.write_text("a,b\n")
        target = self.folder / "table.arrow"
        self.rows("-o", target, "--told", "header=1")
        self.assertEqual(arrow_file.read(target.read_bytes()), {"a": [], "b": []})

    def test_formats_by_ending_and_name(self):
        made = run("rows", self.file, "-f", "xml")
        self.assertEqual(made.returncode, 2)
        self.assertIn("expected csv, jsonl or arrow", made.stderr)

    def test_names_without_end(self):
        """Names that are made to be numbered again and again take no time."""
        self.file.write_text(",".join(["a"] * 2000 + [f"a_{i}" for i in range(2, 2002)]) + "\n" + ",".join(["1"] * 4000) + "\n")
        row = json.loads(self.rows("-f", "jsonl", "--told", "header=1"))
        self.assertEqual(len(row), 4000)


if __name__ == "__main__":
    unittest.main()
