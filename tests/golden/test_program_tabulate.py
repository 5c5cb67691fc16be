"""mtm tabulate and merge: tables, states, and what is said of refused rows."""
import csv
import gzip
import io
import json
import pathlib
import unittest

from program import CROSSINGS, ProgramTest, run


class Tabulate(ProgramTest):
    def csv(self, *arguments):
        return self.fine("tabulate", *arguments, "--format", "csv", "-q").splitlines()

    def test_tables(self):
        self.assertEqual(self.csv(self.crossings), ["period,value,status", "2024-Q2,3,A", "2024-Q3,2,A"])
        self.assertEqual(self.csv(self.crossings, "--by", "direction", "--filter", "direction=IN,OUT"),
                         ["period,direction,value,status", "2024-Q2,IN,2,A", "2024-Q2,OUT,1,A", "2024-Q3,OUT,1,A"])
        self.assertEqual(self.csv(self.crossings, "--by", "sex", "--sum", "amount", "--period", "year"),
                         ["period,sex,value,status,uncovered", "2024,F,10.50,A,2024-08-05/2024-12-31",
                          "2024,M,9.25,A,2024-08-05/2024-12-31"])
        self.assertEqual(self.csv(self.crossings, "--by", "age", "--ages", "0,18,65", "--period=half-year"),
                         ["period,age,value,status,uncovered", "2024-S1,0-17,1,A,", "2024-S1,18-64,1,A,",
                          "2024-S1,65+,1,A,", "2024-S2,18-64,2,A,2024-08-05/2024-12-31"])

    def test_periods_that_files_cover_in_part(self):
        days = [f"2024-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 30)
                if day < 29 or month != 2][:130]  # to 14 May, but for a few days
        path = self.folder / "days.csv"
        path.write_text("date,direction\n" + "".join(f"{day},IN\n" * 20 for day in days), encoding="utf-8")
        last = days[-1]
        lines = self.csv(path, "--by", "direction")
        self.assertEqual(lines[0], "period,direction,value,status,uncovered")
        self.assertEqual(lines[1].rsplit(",", 1), ["2024-Q1,IN,1720,A", ""])
        self.assertRegex(lines[2], rf"^2024-Q2,IN,\d+,A,2024-05-\d\d/2024-06-30$")
        self.assertGreater(lines[2][-21:-11], last)
        table, = json.loads(self.fine("tabulate", path, "-f", "json", "-q"))["tables"]
        self.assertEqual([one["uncovered"] is None for one in table["observations"]], [True, False])
        self.assertRegex(self.fine("tabulate", path, "-f", "text", "-q"), r"uncovered *\n2024-Q1 +1720 *\n2024-Q2 +\d+  2024-05-")
        self.assertEqual(self.csv(path, "--period", "month")[-1].split(",")[0], "2024-05")
        self.assertNotIn("uncovered", self.csv(path, "--period", "day")[0])
        self.assertNotIn("nothing tells", run("tabulate", path).stderr)
        self.assertIn("nothing tells which periods", run("tabulate", path, "--save", self.folder / "state").stderr)
        self.assertIn("nothing tells which periods", run("tabulate", "--load", self.folder / "state").stderr)

    def test_several_tables_at_once(self):
        lines = self.csv(self.crossings, "--by", "month,sex", "--by", "year")
        self.assertEqual(lines, self.csv(self.crossings, "--by", "sex", "--period", "month") + [""] +
                         self.csv(self.crossings, "--period", "year"))

    def test_json_has_the_balance_of_rows(self):
        document = json.loads(self.fine("tabulate", self.crossings, "--by", "citizenship", "--by", "sex", "-f", "json"))
        rows = document["rows"]
        self.assertEqual(rows, {"in": 7, "accepted": 5, "rejected": 1, "not_data": 1})
        self.assertEqual([t["name"] for t in document["tables"]], ["quarter-citizenship", "quarter-sex"])
        kinds = {m["code"]: m["kind"] for m in document["tables"][0]["dimensions"][0]["members"]}
        self.assertEqual(kinds["Atlantis"], "unclassified")

    def test_refused_rows_are_said(self):
        result = run("tabulate", self.crossings, "--by", "direction")
        self.assertEqual(result.returncode, 0)
        self.assertIn("1 of 6 rows were refused and are not counted", result.stderr)
        self.assertRegex(result.stderr, r'crossings\.csv:7:1: error\[MTM-E\d+\]: found "2024-08-99 10:00", expected a day')
        self.assertEqual(run("tabulate", self.crossings, "-q").stderr, "")
        rejects = self.folder / "rejects.csv"
        self.fine("tabulate", self.crossings, "--rejects", rejects)
        row, = csv.DictReader(io.StringIO(rejects.read_text(encoding="utf-8")))
        self.assertEqual((row["line"], row["record"]), ("7", CROSSINGS.splitlines()[-1]))
        self.refused(2, "tabulate", self.crossings, "--rejects", self.crossings)

    def test_many_refused_rows(self):
        with open(self.crossings, "a", encoding="utf-8") as file:
            file.write("2024-08-99 10:00,in,UZB,M,1980,1\n" * 2000)
        result = run("tabulate", self.crossings, "--rejects", self.folder / "rejects.csv")
        self.assertEqual(result.stderr.count("error[MTM-E"), 5)
        self.assertIn("2001 of 2006 rows were refused and are not counted; only the first of them are kept", result.stderr)

    def test_unclassified_labels_are_said(self):
        result = run("tabulate", self.crossings, "--by", "citizenship", "--by", "direction,citizenship")
        self.assertRegex(result.stderr, r'crossings\.csv:5: note\[MTM-N\d+\]: found "Atlantis", expected .*; in 1 rows')
        self.assertEqual(result.stderr.count("Atlantis"), 1)

    def test_gzip_and_standard_input(self):
        expected = self.csv(self.crossings, "--by", "direction")
        packed = self.folder / "crossings.csv.gz"
        packed.write_bytes(gzip.compress(CROSSINGS.encode()))
        self.assertEqual(self.csv(packed, "--by", "direction"), expected)
        with open(self.crossings) as file:
            printed = self.fine("tabulate", "-", "--by", "direction", "-f", "csv", "-q", stdin=file)
        self.assertEqual(printed.splitlines(), expected)

    def test_resource(self):
        odd = self.folder / "odd.txt"
        odd.write_text("when|who\n01.04.2024|UZB\n", encoding="utf-8")
        resource = self.folder / "resource.json"
        resource.write_text(json.dumps({
            "name": "odd", "path": "odd.txt", "dialect": {"delimiter": "|"},
            "schema": {"fields": [{"name": "when", "type": "date", "format": "%d.%m.%Y", "mtm": {"role": "period"}},
                                  {"name": "who", "mtm": {"role": "dimension", "dimension": "citizenship"}}]},
            "mtm": {"concept": "border-crossings", "unit": "movements", "kind": "flow", "microdata": True}}))
        self.assertEqual(self.csv(odd, "--by", "citizenship", "--resource", resource),
                         ["period,citizenship,value,status,uncovered", "2024-Q2,UZB,1,A,2024-04-02/2024-06-30"])

    def test_what_cannot_be_counted(self):
        self.assertIn("cannot be opened", self.refused(1, "tabulate", self.folder / "missing.csv")[0])

    def test_states_of_earlier_releases_load(self):
        """The file was saved by libmtm 0.1.0 from three accepted crossings and a refused one."""
        old = pathlib.Path(__file__).with_name("states") / "version-1.state"
        self.assertEqual(self.fine("tabulate", "--load", old, "-f", "csv", "-q").splitlines(),
                         ["period,direction,value,status", "2024-Q2,IN,2,A", "2024-Q2,OUT,1,A", "",
                          "period,citizenship,value,status", "2024-Q2,CHN,1,A", "2024-Q2,UZB,2,A"])
        rejects = self.folder / "rejects.csv"
        self.fine("tabulate", "--load", old, "--rejects", rejects, "-q")
        self.assertIn("2024-13-01", rejects.read_text(encoding="utf-8"))
        self.assertIn("no column for colour", self.refused(1, "tabulate", self.crossings, "--by", "colour")[0])
        self.assertIn("crossings.csv", self.refused(1, "tabulate", self.crossings, self.crossings)[0])
        self.assertEqual(self.csv(self.crossings, self.crossings, "--force")[1], "2024-Q2,6,A,2024-04-02/2024-04-30")


class Shares(ProgramTest):
    """Shares of one file, counted apart and merged, are the file."""

    def setUp(self):
        super().setUp()
        self.big = self.folder / "big.csv"
        rows = [f"2024-{i % 12 + 1:02d}-{40 if i % 5000 == 7 else i % 28 + 1:02d},{'in' if i % 3 else 'out'},\"a\nb, {i}\"\n"
                for i in range(30000)]
        self.big.write_text("date,direction,note\n" + "".join(rows), encoding="utf-8")

    def test_shares_are_the_file(self):
        states = []
        for k in range(1, 6):
            states.append(self.folder / f"{k}.state")
            run("tabulate", self.big, "--by", "direction", "--share", f"{k}/5", "--save", states[-1], "-q")
        merged = self.folder / "merged.state"
        self.fine("merge", *reversed(states), "-o", merged)
        whole = self.folder / "whole.state"
        run("tabulate", self.big, "--by", "direction", "--save", whole, "-q")
        said, refused = {}, {}
        for name in (merged, whole):
            rejects = self.folder / f"{name.stem}.csv"
            said[name.stem] = self.fine("tabulate", "--load", name, "--rejects", rejects, "-f", "csv", "-q")
            refused[name.stem] = sorted(rejects.read_text(encoding="utf-8").splitlines())
        self.assertEqual(said["merged"], said["whole"])
        self.assertEqual(refused["merged"], refused["whole"])
        self.assertGreater(len(refused["whole"]), 3)

    def test_what_is_no_share(self):
        for text in ("0/5", "6/5", "5", "1/0", "a/b", "1/5x", "-1/5"):
            self.assertIn("--share", self.refused(2, "tabulate", self.big, "--share", text)[0])
        self.assertIn("plain file", self.refused(1, "tabulate", "-", "--share", "1/2")[0])
        packed = self.folder / "big.csv.gz"
        packed.write_bytes(gzip.compress(self.big.read_bytes()))
        self.assertIn("count it whole", self.refused(2, "tabulate", packed, "--share", "1/2")[0])
        self.assertIn("overlap", self.refused(1, "tabulate", self.big, self.big, "--share", "1/2", "-q")[0])


class States(ProgramTest):
    def setUp(self):
        super().setUp()
        lines = CROSSINGS.splitlines(keepends=True)
        self.states = []
        for i in range(3):
            part = self.folder / f"part{i}.csv"
            part.write_text(lines[0] + "".join(lines[1 + 2 * i:3 + 2 * i]), encoding="utf-8")
            state = self.folder / f"part{i}.mtm"
            self.fine("tabulate", part, "--by", "direction,citizenship", "--save", state)
            self.states.append(state)

    def test_merging_in_any_order(self):
        self.fine("merge", *self.states, "-o", self.folder / "a.mtm")
        self.fine("merge", *reversed(self.states), "-o", self.folder / "b.mtm")
        self.assertEqual((self.folder / "a.mtm").read_bytes(), (self.folder / "b.mtm").read_bytes())
        expected = self.fine("tabulate", self.crossings, "--by", "direction,citizenship", "-f", "csv")
        self.assertEqual(self.fine("tabulate", "--load", self.folder / "a.mtm", "-f", "csv"), expected)
        loads = [argument for state in self.states for argument in ("--load", state)]
        self.assertEqual(self.fine("tabulate", *loads, "-f", "csv"), expected)

    def test_going_on_from_a_state(self):
        more = self.fine("tabulate", "--load", self.states[0], self.folder / "part1.csv", "--save",
                         self.folder / "more.mtm", "-f", "csv")
        self.assertEqual(self.fine("tabulate", "--load", self.folder / "more.mtm", "-f", "csv"), more)

    def test_twice_the_same_file(self):
        line, = self.refused(1, "merge", self.states[0], self.states[0], "-o", self.folder / "a.mtm")
        self.assertIn("part0", line)
        self.assertFalse((self.folder / "a.mtm").exists())
        self.fine("merge", self.states[0], self.states[0], "--force", "-o", self.folder / "a.mtm")

    def test_damage(self):
        bytes_ = bytearray(self.states[0].read_bytes())
        bytes_[len(bytes_) // 2] ^= 1
        self.states[0].write_bytes(bytes_)
        line, = self.refused(1, "tabulate", "--load", self.states[0])
        self.assertTrue(line.startswith(f"mtm: {self.states[0]}: "), line)
        self.assertIn("cannot be opened", self.refused(1, "merge", "missing.mtm", "-o", self.folder / "x")[0])


if __name__ == "__main__":
    unittest.main()
