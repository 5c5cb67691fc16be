"""Nothing personal leaves by the side door: every name and id that goes in with a confidential resource is looked for in
messages, refused rows, saved states and reports."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", "build"))
PROGRAM = BUILD / "examples" / "mtm" / "mtm"
NAMES = ["Qarlygash", "Dzhumabekov", "Nurzhanov"]
IDS = [f"ZX90011{n}" for n in range(7)]
RESOURCE = {
    "name": "crossings", "path": "crossings.csv", "format": "csv", "encoding": "utf-8",
    "schema": {"fields": [
        {"name": "id", "type": "string", "mtm": {"role": "id"}},
        {"name": "name", "type": "string", "mtm": {"role": "ignore"}},
        {"name": "date", "type": "string", "mtm": {"role": "period"}},
        {"name": "direction", "type": "string", "mtm": {"role": "dimension", "dimension": "direction"}},
        {"name": "citizenship", "type": "string", "mtm": {"role": "dimension", "dimension": "citizenship"}}]},
    "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "microdata": True, "confidential": True,
            "publisher": "Border Service"}}


class SideDoors(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        rows = ["id,name,date,direction,citizenship"]
        rows += [f"{IDS[n]},{NAMES[0]},2024-04-0{n + 1},IN,UZB" for n in range(3)]
        rows += [f"{IDS[3]},{NAMES[1]},2024-04-05,IN",              # a cell is missing
                 f"{IDS[4]},2024-04-05,IN,{NAMES[2]},UZB",          # shifted by one column
                 f"{IDS[5]},x,2024-04-06,IN,{NAMES[2]}",            # a label that no code list knows
                 f'{IDS[6]},"{NAMES[1]}" x,2024-04-07,IN,UZB']      # text after a quote
        (self.folder / "crossings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (self.folder / "datapackage.json").write_text(json.dumps(
            {"name": "persons", "resources": [RESOURCE], "mtm": {"country": "KAZ", "period": "2024-Q2"}}))
        (self.folder / "resource.json").write_text(json.dumps(RESOURCE))

    def assert_clean(self, where, data):
        found = [one for one in NAMES + IDS if one.encode() in data]
        self.assertEqual(found, [], where)

    def run_program(self, *arguments, code):
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assert_clean(arguments, done.stdout + done.stderr)
        return done.stdout

    def test_checks_and_refused_rows(self):
        for form in ("text", "json", "csv"):
            self.run_program("check", self.folder, "--format", form, code=1)
        self.run_program("check", self.folder, "--rejects", self.folder / "refused.csv", code=1)
        refused = (self.folder / "refused.csv").read_bytes()
        self.assert_clean("refused rows", refused)
        self.assertIn(b"crossings.csv,5,", refused)
        self.assertIn(b"crossings.csv,6,", refused)

    def test_reports(self):
        for form in ("text", "markdown", "html", "json", "csv", "sdmx-csv", "xlsx", "ods", "docx", "pptx", "sdmx-ml", "sdmx-structure", "sdmx-json-structure",
                     "sdmx-json", "json-stat", "json-ld", "csvw"):
            self.run_program("report", self.folder, "--format", form, code=0)

    def test_states(self):
        state, refused = self.folder / "counts.state", self.folder / "refused.csv"
        self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", "direction", "--save", state,
                         "--rejects", refused, self.folder / "crossings.csv", code=0)
        self.assert_clean("state", state.read_bytes())
        self.assert_clean("refused rows", refused.read_bytes())
        self.assertIn(b"crossings.csv,5,", refused.read_bytes())


if __name__ == "__main__":
    unittest.main()
