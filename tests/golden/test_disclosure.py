"""A confidential package, from file to page: what is withheld stands nowhere and changes nothing in print."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", "build"))
PROGRAM = BUILD / "examples" / "mtm" / "mtm"
FORMATS = ["text", "markdown", "html", "json", "csv", "sdmx-csv", "xlsx", "ods", "docx", "pptx", "sdmx-ml", "sdmx-structure", "sdmx-json-structure", "sdmx-json",
           "json-stat", "json-ld", "csvw"]  # office files are stored and not packed: their text is there to be searched

# Withheld: 3171, 4 and what protects them. Their digits occur in no other figure below.
ARRIVALS = {"UZB": 61234, "KGZ": 52345, "RUS": 41111, "CHN": 3171, "TUR": 4, "DEU": 2}
DEPARTURES = {"UZB": 60000, "KGZ": 50000, "RUS": 40000, "CHN": 3000, "TUR": 800, "DEU": 70}


def make_package(folder, rows):
    with open(folder / "crossings.csv", "w", encoding="utf-8") as out:
        out.write("period,direction,citizenship,value\n")
        for row in rows:
            out.write(",".join(str(cell) for cell in row) + "\n")
    description = {
        "name": "confidential",
        "resources": [{
            "name": "crossings", "path": "crossings.csv", "encoding": "utf-8", "format": "csv",
            "schema": {"fields": [
                {"name": "period", "type": "string", "mtm": {"role": "period"}},
                {"name": "direction", "type": "string", "mtm": {"role": "dimension", "dimension": "direction"}},
                {"name": "citizenship", "type": "string", "mtm": {"role": "dimension", "dimension": "citizenship"}},
                {"name": "value", "type": "number", "mtm": {"role": "value"}}]},
            "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "confidential": True, "absent": "zero",
                    "publisher": "Border Service"}}],
        "mtm": {"country": "KAZ", "period": "2024-Q2"}}
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")


def rows_of(period, direction, counts):
    return [(period, direction, code, count) for code, count in counts.items()]


def run(folder, *arguments):
    done = subprocess.run([PROGRAM, "report", folder, *arguments], capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8", "replace")


class Disclosure(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        make_package(self.folder, rows_of("2024-Q2", "IN", ARRIVALS) + rows_of("2024-Q2", "OUT", DEPARTURES) +
                     rows_of("2024-Q1", "IN", {"UZB": 50000, "CHN": 3}) + rows_of("2024-Q1", "OUT", {"UZB": 4}))

    def document(self):
        return json.loads(run(self.folder, "--format", "json"))

    def indicators(self, document):
        return {i["id"]: i for section in document["sections"] for i in section["indicators"]}

    def test_what_is_small_stands_nowhere(self):
        found = self.indicators(self.document())
        rows = {row["code"]: row for row in found["arrivals-by-origin"]["breakdown"]["rows"]}
        for code in ("TUR", "DEU"):
            self.assertIsNone(rows[code]["value"])
            self.assertIsNone(rows[code]["share"])
            self.assertEqual(rows[code]["status"], "Q")
        self.assertEqual(rows["UZB"]["value"], "61234")
        hidden = [code for code, row in rows.items() if row["value"] is None]
        self.assertTrue(all(row["rank"] is None for row in rows.values()))
        total = found["arrivals-by-origin"]["value"]
        self.assertTrue(total is None or len(hidden) >= 2)
        for name in FORMATS:
            text = run(self.folder, "--format", name)
            for code in hidden:
                if ARRIVALS[code] > 999:
                    for written in (str(ARRIVALS[code]), f"{ARRIVALS[code]:,}"):
                        self.assertNotIn(written, text, (name, code))
        departures = found["departures"]
        base = [c for c in departures["comparisons"] if c["with"] == "previous-period"][0]
        self.assertIsNone(base["base"])
        self.assertIsNone(base["percent"])
        self.assertEqual(base["reason"], "suppressed")

    def test_document_says_how_far_it_is_protected(self):
        document = self.document()
        disclosure = document["disclosure"]
        self.assertEqual(disclosure["threshold"], 5)
        self.assertEqual(disclosure["protected_within"], "document")
        missing = sum(row["value"] is None for i in self.indicators(document).values() if i["breakdown"]
                      for row in i["breakdown"]["rows"])
        self.assertGreaterEqual(disclosure["withheld"], missing)
        self.assertGreater(missing, 1)

    def test_withheld_numbers_change_no_byte(self):
        """Two packages that differ only in what is withheld print the same."""
        before = {name: run(self.folder, "--format", name) for name in FORMATS}
        found = self.indicators(self.document())
        hidden = {row["code"] for row in found["arrivals-by-origin"]["breakdown"]["rows"] if row["value"] is None}
        self.assertLessEqual({"TUR", "DEU"}, hidden)
        other = dict(ARRIVALS, TUR=ARRIVALS["DEU"], DEU=ARRIVALS["TUR"])
        make_package(self.folder, rows_of("2024-Q2", "IN", other) + rows_of("2024-Q2", "OUT", DEPARTURES) +
                     rows_of("2024-Q1", "IN", {"UZB": 50000, "CHN": 3}) + rows_of("2024-Q1", "OUT", {"UZB": 4}))
        for name in FORMATS:
            self.assertEqual(run(self.folder, "--format", name), before[name], name)

    def test_off_is_stamped(self):
        document = json.loads(run(self.folder, "--format", "json", "--threshold", "off"))
        self.assertEqual(document["publication"], "not-for-publication")
        self.assertIsNone(document["disclosure"])
        rows = self.indicators(document)["arrivals-by-origin"]["breakdown"]["rows"]
        self.assertIn("4", [row["value"] for row in rows])

    def test_same_bytes(self):
        for name in FORMATS:
            self.assertEqual(run(self.folder, "--format", name), run(self.folder, "--format", name))


if __name__ == "__main__":
    unittest.main()
