"""mtm describe and init: proposals that a check accepts, and nothing overwritten."""
import json
import os
import unittest

from program import ProgramTest, run

GOOD = "quarter,citizenship,direction,persons\n2024-Q1,UZB,in,12\n2024-Q2,KGZ,in,13\n"


class Init(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "good.csv").write_text(GOOD)

    def test_describe(self):
        path = self.folder / "datapackage.json"
        self.fine("describe", "good.csv", "-o", path, cwd=self.folder)
        self.assertEqual([r["path"] for r in json.loads(path.read_text())["resources"]], ["good.csv"])
        self.fine("check", self.folder)
        self.refused(2, "describe", "good.csv", "-o", "good.csv", cwd=self.folder)
        self.refused(1, "describe", "missing.csv", cwd=self.folder)

    def test_folder_with_files(self):
        (self.folder / "sub").mkdir()
        (self.folder / "sub/more.csv").write_text(GOOD)
        (self.folder / ".hidden.csv").write_text("x")
        (self.folder / "readme.md").write_text("x")
        os.mkfifo(self.folder / "pipe.csv")
        self.fine("init", self.folder)
        description = json.loads((self.folder / "datapackage.json").read_text())
        self.assertEqual([r["path"] for r in description["resources"]], ["crossings.csv", "good.csv", "sub/more.csv"])
        before = (self.folder / "datapackage.json").read_bytes()
        self.assertIn("is not overwritten", self.refused(1, "init", self.folder)[0])
        self.assertEqual((self.folder / "datapackage.json").read_bytes(), before)

    def test_thousands_of_columns_are_no_end(self):
        names = [f"a long name of column {number}" for number in range(4000)]
        (self.folder / "wide.csv").write_text("country," + ",".join(names) + "\nUZB" + ",5" * len(names) + "\n")
        self.fine("describe", "wide.csv", cwd=self.folder)

    def test_new_folder(self):
        self.fine("init", self.folder / "new", self.folder / "good.csv")
        self.assertEqual(sorted(p.name for p in (self.folder / "new").iterdir()), ["datapackage.json", "good.csv"])
        self.assertEqual((self.folder / "new/good.csv").read_text(), GOOD)
        self.fine("check", self.folder / "new")

    def test_what_a_person_knows(self):
        self.fine("init", self.folder / "known", self.folder / "good.csv", "--country", "KAZ", "--concept", "migration", "--kind",
                  "flow", "--unit", "persons")
        description = json.loads((self.folder / "known/datapackage.json").read_text())
        self.assertEqual(description["mtm"]["country"], "KAZ")
        own = description["resources"][0]["mtm"]
        self.assertEqual((own["concept"], own["kind"], own["unit"]), ("migration", "flow", "persons"))
        self.assertFalse([line for line in description["mtm"]["unsure"] + own["unsure"] if line.startswith(("country", "concept"))])
        self.fine("check", self.folder / "known")

    def test_what_a_person_says_is_judged_first(self):
        for option, text, said in (("--country", "XXX", "a country's code or name"), ("--concept", "migracion", "migration"),
                                   ("--kind", "stok", "stock"), ("--direction", "SIDE", "IN or OUT"), ("--kind", 'a"b', "quotes")):
            for command in (("init", self.folder / "none"), ("describe",)):
                errors = self.refused(2, *command, self.folder / "good.csv", option, text)[0]
                self.assertIn(option, errors)
                self.assertIn(said, errors)
        self.assertFalse((self.folder / "none").exists())
        for country in ("KZ", "Казахстан", "kazakhstan"):
            self.fine("init", self.folder / country, self.folder / "good.csv", "--country", country)
            self.assertEqual(json.loads((self.folder / country / "datapackage.json").read_text())["mtm"]["country"], "KAZ")

    def test_files_that_no_reader_is_for_are_named(self):
        names = ["old.xls", "report.pdf", "all.zip", "book.xlsm"]
        for name in names:
            (self.folder / name).write_bytes(b"x")
        done = run("init", self.folder / "some", self.folder / "good.csv", *(self.folder / name for name in names))
        self.assertEqual(done.returncode, 0, done.stderr)
        for name, cure in zip(names, ("save its tables", "ask for its tables", "unpack it", "save its tables")):
            self.assertRegex(done.stderr, f"{name}: left out: .*{cure}")

    def test_what_is_no_data_is_left_out(self):
        (self.folder / "known").mkdir()
        (self.folder / "known/good.csv").write_text(GOOD)
        (self.folder / "known/~$open.xlsx").write_bytes(b"\x05user")
        (self.folder / "known/letter.txt").write_text("Dear colleagues,\n\nplease find the figures below.\nBest\n")
        self.fine("init", self.folder / "known")
        description = json.loads((self.folder / "known/datapackage.json").read_text())
        self.assertEqual([r["path"] for r in description["resources"]], ["good.csv"])

    def test_microdata(self):
        self.crossings.write_text("time,direction\n2024-04-01 08:00,in\n2024-05-25 09:30,in\n2024-06-26,out\n")
        self.fine("init", self.folder / "unsaid", self.crossings)
        resource, = json.loads((self.folder / "unsaid/datapackage.json").read_text())["resources"]
        self.assertNotIn("microdata", resource["mtm"])
        self.assertTrue([line for line in resource["mtm"]["unsure"] if '"microdata": true' in line])
        self.fine("init", self.folder / "events", self.crossings, "--microdata")
        description = json.loads((self.folder / "events/datapackage.json").read_text())
        self.assertIs(description["resources"][0]["mtm"]["microdata"], True)
        self.assertEqual(description["mtm"]["period"], "2024-Q2")
        result = json.loads(self.fine("compute", self.folder / "events", "arrivals", "--threshold", "off", "-f", "json"))
        self.assertEqual(result["value"], "2")

    def test_events_that_end_within_a_quarter(self):
        """The quarter before is reported on, and the hint to a file of events names the option."""
        days = [f"2024-{month:02}-{day:02},in" for month in range(1, 6) for day in range(1, 15)]
        self.crossings.write_text("\n".join(["time,direction", *days]) + "\n")
        checked = run("check", self.crossings)
        self.assertIn("mtm init --microdata", checked.stdout + checked.stderr)
        self.fine("init", self.folder / "events", self.crossings, "--microdata")
        description = json.loads((self.folder / "events/datapackage.json").read_text())
        self.assertEqual(description["mtm"]["period"], "2024-Q1")
        self.assertEqual(description["resources"][0]["description"], "Covers 2024-01-01/2024-05-14; 70 rows")

    def test_nothing_to_describe(self):
        self.assertIn("found no data file", self.refused(1, "init", self.folder / "new")[0])
        self.assertFalse((self.folder / "new").exists())
        self.refused(1, "init", self.folder / "good.csv")
        self.refused(1, "init", self.folder / "new", self.folder / "missing.csv")
        self.assertFalse((self.folder / "new").exists())

    def test_files_are_not_overwritten(self):
        (self.folder / "there").mkdir()
        (self.folder / "there/good.csv").write_text("before")
        self.assertIn("is not overwritten", self.refused(1, "init", self.folder / "there", self.folder / "good.csv")[0])
        self.assertEqual((self.folder / "there/good.csv").read_text(), "before")

    def test_files_of_the_folder_may_be_named(self):
        """`mtm init . *.csv`, inside the folder."""
        (self.folder / "here").mkdir()
        before = "period,citizenship,value\n2024-Q2,UZB,10\n"
        (self.folder / "here/flows.csv").write_text(before)
        self.fine("init", self.folder / "here", self.folder / "here/flows.csv")
        self.assertEqual((self.folder / "here/flows.csv").read_text(), before)
        self.assertTrue((self.folder / "here/datapackage.json").exists())


if __name__ == "__main__":
    unittest.main()
