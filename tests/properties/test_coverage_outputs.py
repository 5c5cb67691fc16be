"""A comparison like for like, in everything that is written: sentence, table, chart, limitation, JSON, CSV, in three languages."""
import csv
import io
import json
import re
import subprocess
import tempfile
import unittest

from packages import PROGRAM, SOURCE, long_fields, package, rows_long

MONTHS = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
FIGURES = {(m, c): n for m in MONTHS if m <= "2024-06" for c, n in (("UZB", 1100 if m == "2024-06" else 1000), ("RUS", 300))}
FIGURES["2024-06", "CHN"] = 200  # new: 1600 against 1300 is no change; the same two: 1400 against 1300 is 7.7 %


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        package(cls.folder.name, {"arrivals": (rows_long(FIGURES), {}, long_fields())})

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def output(self, form, language="en", command="report", *more):
        arguments = [PROGRAM, command, self.folder.name, *more, "--period", "2024-06", "-l", language, "-f", form, "-o", "-", "-q"]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_texts_in_three_languages(self):
        for language, percent in (("en", "7.7"), ("ru", "7,7"), ("kk", "7,7")):
            for form in ("text", "markdown", "html"):
                with self.subTest(form=form, language=language):
                    text = self.output(form, language)
                    self.assertIn(percent, text)
                    self.assertNotIn("23.1" if language == "en" else "23,1", text)  # of totals that do not compare

    def test_the_chart_breaks(self):
        page = self.output("html")
        self.assertGreaterEqual(len(re.findall(r"<svg", page)), 1)
        document = json.loads(self.output("json"))
        found = self.indicator(document, "arrivals-by-origin")
        self.assertEqual([p["period"] for p in found["series"] if p.get("breaks")], ["2024-06"])

    def indicator(self, node, name):
        if isinstance(node, dict):
            if node.get("id") == name and "value" in node:
                return node
            node = list(node.values())
        for child in node if isinstance(node, list) else []:
            found = self.indicator(child, name)
            if found is not None:
                return found
        return None

    def test_json(self):
        found = self.indicator(json.loads(self.output("json")), "arrivals-by-origin")
        before = next(c for c in found["comparisons"] if c["with"] == "previous-period")
        self.assertEqual((before["percent"], before["reason"]), (None, "extent-differs"))
        like = before["like_for_like"]
        self.assertEqual((like["value"], like["base"], like["percent"], like["common"]), ("1400", "1300", "7.7", 2))

    def test_limitation(self):
        kinds = [limitation["kind"] for limitation in json.loads(self.output("json"))["limitations"]]
        self.assertIn("coverage", kinds)

    def test_csv(self):
        rows = [row for row in csv.DictReader(io.StringIO(self.output("csv"))) if row["indicator"] == "arrivals-by-origin"]
        of = {(row["measure"], row["with"]): row for row in rows if row["measure"] not in ("row", "share", "point")}
        self.assertEqual(of["percent", "previous-period"]["reason"], "extent-differs")
        self.assertEqual((of["like-percent", "previous-period"]["value"], of["like-value", "previous-period"]["value"]), ("7.7", "1400"))
        value = of["value", ""]
        self.assertEqual([value[name] for name in ("frame", "expected", "covered", "absent", "assumed_zero", "new")],
                         ["seen", "3", "3", "0", "0", "1"])
        self.assertEqual(value["cells"], "citizenship=CHN|RUS|UZB")
        self.assertEqual(of["base", "previous-period"]["cells"], "citizenship=RUS|UZB")
        self.assertEqual([row["period"] for row in rows if row["breaks"] == "1"], ["2024-06"])
        self.assertEqual({row["cells"] for row in rows if row["measure"] == "row" and row["code"] == "CHN"}, {"citizenship=CHN"})

    def test_csvw_describes_every_column(self):
        head = next(csv.reader(io.StringIO(self.output("csv"))))
        described = [column["name"] for column in json.loads(self.output("csvw"))["tableSchema"]["columns"]]
        self.assertEqual(head, described)

    def test_explain(self):
        done = subprocess.run([PROGRAM, "explain", self.folder.name, "arrivals-by-origin", "--period", "2024-06", "-q"],
                              capture_output=True, text=True, timeout=60)
        self.assertIn("China", done.stdout + done.stderr)


class References(unittest.TestCase):
    def test_notes_are_named_in_order(self):
        for language in ("en", "ru", "kk"):
            done = subprocess.run([PROGRAM, "report", SOURCE / "examples/kazakhstan-2024-q2", "--language", language, "-q"],
                                  capture_output=True, text=True, timeout=120)
            lines = [[int(number) for number in re.findall(r"\[\D*(\d+)\D*\]", line)]
                     for line in done.stdout.splitlines() if line.startswith("* [")]
            self.assertTrue(any(len(numbers) > 1 for numbers in lines), done.stderr)
            self.assertEqual(lines, [sorted(numbers) for numbers in lines])


if __name__ == "__main__":
    unittest.main()
