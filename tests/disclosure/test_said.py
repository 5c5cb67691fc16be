"""Every form and view of confidential output says how it is protected, and how far that reaches; that of public data says
nothing of it."""
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import publications
from test_ledger import PROGRAM, Folder

WORDS = "Protected within this document only"
FORMS = {"report": ["text", "markdown", "html", "csv", "sdmx-csv", "sdmx-ml", "sdmx-json", "json-stat", "xlsx", "ods", "docx", "pptx"],
         "compute": ["text", "markdown", "html", "csv", "sdmx-csv", "xlsx", "ods"],
         "explain": ["text", "markdown", "html", "csv", "xlsx", "ods"]}


def text_of(data):
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b" ".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
        return " ".join(re.sub(r"<[^>]*>", " ", data.decode("utf-8")).split())
    return " ".join(data.decode("utf-8").split())


class Said(Folder):
    def outputs(self, folder, *arguments):
        for command, forms in FORMS.items():
            for form in forms:
                out = self.folder / f"out.{form}"
                done = subprocess.run([PROGRAM, command, folder, *([] if command == "report" else ["men"]), "--catalogue",
                                       self.catalogue_of, "--format", form, "-o", out, *arguments], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, (command, form, done.stderr))
                yield command, form, text_of(out.read_bytes())

    def setUp(self):
        super().setUp()
        cells = publications.random_cells(random.Random(9), ["2024-Q1", "2024-Q2"], publications.COUNTRIES[:5],
                                          publications.REGIONS[:3], scale=20)
        self.data = self.package("data", cells)
        self.catalogue_of = self.catalogue("men", [publications.definition("men", {"sex": "M"}, "citizenship")])

    def test_within_itself_only(self):
        for command, form, text in self.outputs(self.data):
            self.assertIn(WORDS, text, (command, form))

    def test_rounded(self):
        for command, form, text in self.outputs(self.data, "--method", "rounding"):
            self.assertIn("rounded to multiples of 5", text, (command, form))

    def test_together_with_a_ledger(self):
        for command, form, text in self.outputs(self.data, "--ledger", self.ledger):
            self.assertIn("earlier publications of the ledger", text, (command, form))

    def test_public_data_says_nothing(self):
        described = json.loads((self.data / "datapackage.json").read_text())
        described["resources"][0]["mtm"]["confidential"] = False
        (self.data / "datapackage.json").write_text(json.dumps(described))
        for command, form, text in self.outputs(self.data):
            self.assertNotIn("Protected", text, (command, form))


if __name__ == "__main__":
    unittest.main()
