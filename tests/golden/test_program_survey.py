"""The command survey: what it writes, in three forms, and how it ends."""
import csv
import io
import json
import pathlib
import tempfile
import unittest

from program import SOURCE, run

PACKAGE = SOURCE / "tests/golden/survey"


class Survey(unittest.TestCase):
    def test_describes_the_design(self):
        done = run("survey", PACKAGE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("220 households in 30 clusters of 5 strata", done.stdout)
        self.assertIn("1 stratum has a single cluster (rule: adjust)", done.stdout)
        self.assertEqual(json.loads(run("survey", PACKAGE, "--format", "json").stdout)["rows"],
                         {"in": 220, "kept": 220, "refused": 0, "blank": 0})

    def test_writes_three_forms_of_the_same(self):
        arguments = ("survey", PACKAGE, "needs", "--by", "population_group")
        text = run(*arguments).stdout
        rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))
        estimates = json.loads(run(*arguments, "--format", "json").stdout)["estimates"]
        self.assertEqual(len(rows), len(estimates))
        self.assertEqual(len(text.splitlines()), len(rows) + 1)
        for row, estimate in zip(rows, estimates):
            self.assertEqual(float(row["estimate"]), estimate["estimate"])
            self.assertEqual(row["domain"], estimate["domain"])
            self.assertIn(f"{100 * estimate['estimate']:.1f} %", text)
            self.assertLessEqual(estimate["low"], estimate["estimate"])
            self.assertLessEqual(estimate["estimate"], estimate["high"])

    def test_differences(self):
        done = run("survey", PACKAGE, "income_usd", "--by", "population_group", "--between", "idp,host", "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        one, = json.loads(done.stdout)["estimates"]
        groups = {e["domain"]: e["estimate"] for e in json.loads(
            run("survey", PACKAGE, "income_usd", "--by", "population_group", "-f", "json").stdout)["estimates"]}
        self.assertAlmostEqual(one["estimate"], groups["population_group=idp"] - groups["population_group=host"], 9)

    def test_a_group_is_the_whole_with_where(self):
        one = json.loads(run("survey", PACKAGE, "food_insecure", "--where", "sex_of_head=female", "-f", "json").stdout)
        both = json.loads(run("survey", PACKAGE, "food_insecure", "--by", "sex_of_head", "-f", "json").stdout)
        for key in ("estimate", "se", "df", "low", "high", "n", "out_of_domain"):
            self.assertEqual(one["estimates"][0][key], both["estimates"][0][key])

    def test_design_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            design = pathlib.Path(folder, "design.json")
            design.write_text('{"weight": "weight", "strata": "stratum", "clusters": "psu"}')
            done = run("survey", PACKAGE / "households.csv", "food_insecure", "--design", design)
            self.assertEqual(done.returncode, 1)
            self.assertIn('error[MTM-E206]: stratum "XX04-idp" has a single unit', done.stderr)

    def test_refuses(self):
        for arguments, said in ((("nothing",), "no question of this name"), (("needs", "--level", "200"), "--level"),
                                (("needs", "--statistic", "median"), "statistic"), (("needs", "--by", "x"), '"x"'),
                                (("income_usd", "--between", "a,b"), '"by"')):
            done = run("survey", PACKAGE, *arguments)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(said, done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
