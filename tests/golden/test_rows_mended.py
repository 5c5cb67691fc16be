"""Rows that lack a delimiter or have another one: put right where one reading alone has cells like those of the other rows,
with a note; left as they are where several have, or where the last cell may be what is missing."""
import json
import sys
import unittest

from program import ProgramTest, run

HEADER = "date,code,price,name\n"
NAMES = ["Long table", "Lamp", "Chair", "Red rug", "Vase", "Garden bench", "Mirror", "Wall clock", "Shelf", "Candle holder", "Bookcase", "Tea set", "Old oak desk", "Rocking chair", "Umbrella stand"]
ROWS = [f"{i + 1:02d}/02/2024,{'ABCDEF'[i % 6]}Z-{1234 + 37 * i},${i + 1}.{10 + 7 * i},{name}" for i, name in enumerate(NAMES)]
LAST = len(ROWS) + 2


class Mended(ProgramTest):
    def rows(self, *changed, header=HEADER, rows=ROWS):
        """Cells, and the notes about rows that were recovered, of the table with more rows behind."""
        path = self.folder / "t.csv"
        path.write_text(header + "\n".join([*rows, *changed]) + "\n", encoding="utf-8")
        result = run("rows", path, "-f", "jsonl", "--places")
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        self.places = [line["places"] for line in lines]
        cells = [list(line["row"].values()) for line in lines]
        return cells, [note for note in result.stderr.splitlines() if "delimiter between all cells" in note or "delimiter of the rows" in note]

    def test_a_delimiter_that_is_missing(self):
        whole = ["06/02/2024", "KL-1111", "$4.00", "Big bowl"]
        for i in range(3):
            broken = ",".join(whole[:i]) + ("," if i else "") + whole[i] + ",".join(["", *whole[i + 1:]])[1:]
            cells, notes = self.rows(broken)
            self.assertEqual((cells[-1], len(notes)), (whole, 1), broken)

    def test_places_are_those_of_the_file(self):
        self.rows("06/02/2024,KL-1111$4.00,Bowl")
        self.assertEqual(self.places[-1], [[LAST, 1], [LAST, 12], [LAST, 19], [LAST, 25]])

    def test_two_readings_are_none(self):
        rows = [r.replace("$", "") for r in ROWS] + ["01/01/2024,AB-1234,1.5,5 chairs"]
        cells, notes = self.rows("06/02/2024,KL-1111,1.501 bowl", rows=rows)
        self.assertEqual((cells[-1][2], notes), ("1.501 bowl", []))

    def test_what_may_lack_its_end_is_filled_up(self):
        rows = [row + "," for row in ROWS[:-1]] + [ROWS[-1] + ",x"]
        cells, notes = self.rows("06/02/2024,KL-1111,$4.00,Bowl", header="date,code,price,name,note\n", rows=rows)
        self.assertEqual((cells[-1][:4], notes), (["06/02/2024", "KL-1111", "$4.00", "Bowl"], []))

    def test_few_rows_prove_nothing(self):
        cells, notes = self.rows("06/02/2024,KL-1111$4.00,Bowl", rows=ROWS[:2])
        self.assertEqual((cells[-1][1], notes), ("KL-1111$4.00", []))

    def test_a_row_with_another_delimiter(self):
        for sign in (" ", ";", "\t", "|"):
            cells, notes = self.rows(sign.join(["06/02/2024", "KL-1111", "$4.00", "Bowl"]))
            self.assertEqual((cells[-1], len(notes)), (["06/02/2024", "KL-1111", "$4.00", "Bowl"], 1), sign)

    def test_words_of_one_cell_stay_together(self):
        cells, notes = self.rows("06/02/2024 KL-1111 $4.00 Big red bowl")
        self.assertEqual((cells[-1], len(notes)), (["06/02/2024", "KL-1111", "$4.00", "Big red bowl"], 1))

    def test_names_with_another_delimiter(self):
        cells, notes = self.rows(header="date code price name\n")
        self.assertEqual((len(cells), len(notes)), (len(ROWS), 1))
        path = self.folder / "t.csv"
        self.assertEqual(self.fine("rows", path).splitlines()[0], "date,code,price,name")

    def test_figures_refuse_such_rows_all_the_same(self):
        path = self.folder / "f.csv"
        path.write_text("period,citizenship,value\n" + "".join(f"2024-0{i},UZB,1{i}\n" for i in range(1, 6)) + "2024-06,UZB16\n")
        self.assertIn("MTM-E030", run("check", path).stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
