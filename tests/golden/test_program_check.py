"""mtm check: exit codes, formats, refused rows."""
import csv
import io
import json
import unittest

from program import SOURCE, ProgramTest, run

GOOD = "quarter,citizenship,direction,persons\n2024-Q1,UZB,in,12\n2024-Q2,KGZ,in,13\n"
BAD = GOOD + "2024-Q5,UZB,in,14\n2024-Q2,RUS,in,\"1,2,3\"\n"


class Check(ProgramTest):
    def setUp(self):
        super().setUp()
        self.good, self.bad = self.folder / "good.csv", self.folder / "bad.csv"
        self.good.write_text(GOOD)
        self.bad.write_text(BAD)

    def test_exit_codes(self):
        self.fine("check", self.good)
        self.assertEqual(run("check", self.bad).returncode, 1)
        self.assertEqual(run("check", self.folder / "missing.csv").returncode, 1)

    def test_json(self):
        result = run("check", self.bad, "--format", "json")
        check = json.loads(result.stdout)
        rows = check["rows"]
        self.assertEqual(rows["in"], rows["accepted"] + rows["rejected"] + rows["not_data"])
        self.assertEqual((rows["in"], rows["accepted"], rows["rejected"]), (5, 2, 2))
        self.assertEqual(check["outcome"], "rejected-rows")
        self.assertEqual([d["line"] for d in check["diagnostics"] if d["severity"] == "error"], [4, 5])

    def test_rejects(self):
        path = self.folder / "rejects.csv"
        self.assertEqual(run("check", self.bad, "--rejects", path, "-f", "json").returncode, 1)
        rows = list(csv.DictReader(io.StringIO(path.read_text())))
        self.assertEqual([int(r["line"]) for r in rows], [4, 5])
        self.assertEqual([r["record"] for r in rows], BAD.splitlines()[3:])
        before = self.bad.read_bytes()
        self.refused(2, "check", self.bad, "--rejects", self.bad)
        self.refused(2, "check", self.bad, "--rejects", "x", "-o", "x", cwd=self.folder)
        self.assertEqual(self.bad.read_bytes(), before)
        self.assertEqual(self.names(), ["bad.csv", "crossings.csv", "good.csv", "rejects.csv"])

    def test_output(self):
        path = self.folder / "check.json"
        self.assertEqual(run("check", self.bad, "-o", path).returncode, 1)
        self.assertEqual(path.read_text(), run("check", self.bad, "--format", "json").stdout)

    def test_colour(self):
        self.assertNotIn("\033", run("check", self.bad).stdout)
        self.assertIn("\033", run("check", self.bad, "--colour", "always").stdout)

    def test_rows_of_persons_are_not_shown(self):
        """A note tells the cell and its place; the list of refused rows has the rows that are to be mended."""
        (self.folder / "names.csv").write_text("date,name,direction,citizenship\n2024-05-01,Anna Ivanova,in,UZB\n"
                                               "2024-05-02,Boris Petrov,out,Narnia\n2024-13-01,Vera Sidorova,in,KGZ\n")
        for options in ((), ("--show",), ("-f", "html"), ("--show", "-f", "html")):
            done = run("check", self.folder / "names.csv", "--microdata", *options)
            self.assertIn("Narnia", done.stdout)
            for name in ("Ivanova", "Petrov", "Sidorova"):
                self.assertNotIn(name, done.stdout + done.stderr, options)
        listed = run("check", self.folder / "names.csv", "--microdata", "-f", "csv").stdout
        self.assertIn("Sidorova", listed)
        self.assertNotIn("Petrov", listed)

    def test_microdata(self):
        rows = json.loads(run("check", self.crossings, "--microdata", "-f", "json").stdout)["rows"]
        counted = json.loads(self.fine("tabulate", self.crossings, "--by", "direction", "-q", "-f", "json"))["rows"]
        self.assertEqual(rows, counted)
        self.assertIn("is not taken with --resource",
                      self.refused(2, "check", self.crossings, "--microdata", "--resource", self.good)[0])

    def test_births_are_judged_as_they_are_counted(self):
        days = ["2024-04-01 08:00", "2024-03-31", "2024-Q2"]
        births = {"birth_year": ["1990", "90", "2024", "2025", "1874", "1873", "1799", "2200", "19900", "", "x", " 1990 "],
                  "birth_date": ["1990-05-17", "1990", "2024-04-01", "2024-04-02", "1874-03-31", "1873-01-01", "17.05.1990",
                                 "05.05.1990", "1990-02-30", "", "1799-12-31", "1990-05-17 10:00"]}
        refused = {}
        for name, values in births.items():
            lines = [f"{day},in,{value}" for day in days for value in values]
            self.crossings.write_text(f"time,direction,{name}\n" + "\n".join(lines) + "\n")
            for command in (["check", "--microdata"], ["tabulate"]):
                path = self.folder / f"{name}-{command[0]}.csv"
                run(command[0], self.crossings, *command[1:], "--rejects", path)
                refused[command[0]] = path.read_text()
            self.assertEqual(refused["check"], refused["tabulate"])
            self.assertGreater(refused["check"].count("MTM-E098"), 10)

    def test_package(self):
        self.fine("check", SOURCE / "examples/kazakhstan-2024-q2")


if __name__ == "__main__":
    unittest.main()
