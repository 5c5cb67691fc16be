"""Labels that no code list knows: a row of one counts nobody who could be named, what stands beside it may."""
import json
import subprocess
import sys
import pathlib
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import publications
from test_ledger import PROGRAM, Folder, row


class Labels(Folder):
    def rows(self, cells, filters=None, by="citizenship", *arguments):
        """By code; of labels that no list knows by the word that stands for them."""
        name = self.catalogue("list", [publications.definition("list", {"direction": "IN", **(filters or {})}, by)])
        document = self.publish(self.package("data", cells), name, *arguments)
        self.assertNotIn("Nowhere", json.dumps(document))
        return {one["code"]: one["value"] for one in document["breakdown"]["rows"]}, document

    MANY = [row(900, citizenship="RUS"), row(800, citizenship="RUS", region="KZ11"), row(700, citizenship="TUR", sex="M"),
            row(500, citizenship="TUR", region="KZ11"), row(650, citizenship="CHN")]

    def test_a_person_of_a_known_country_in_an_unknown_region(self):
        rows, _ = self.rows(self.MANY + [row(2, citizenship="UZB", region="Nowhere")])
        self.assertIsNone(rows["UZB"])
        self.assertGreater(list(rows.values()).count(None), 1)

    def test_a_row_of_an_unknown_label_hides_nobody(self):
        rows, document = self.rows(self.MANY + [row(2, citizenship="Nowhere")])
        self.assertNotIn(None, rows.values())
        self.assertEqual(document["value"], str(sum(value for _, value in self.MANY) + 2))

    def test_where_no_label_is_known_each_tells_as_much_as_a_code(self):
        """Regions as a source names them: every one is a place."""
        cells = [({**cell, "region": cell["region"].replace("KZ", "Nowhere ")}, value) for cell, value in self.MANY]
        rows, _ = self.rows(cells + [row(2, citizenship="UZB", region="Nowhere 10")])
        self.assertIsNone(rows["UZB"])
        rows, _ = self.rows(cells + [row(3, citizenship="CHN", region="KZ19")], by="region")
        self.assertIsNone(rows["KZ19"])

    def test_a_ledger_of_them_goes_on(self):
        cells = self.MANY + [row(2, citizenship="Nowhere")]
        first, _ = self.rows(cells)
        self.assertEqual(self.rows(cells)[0], first)
        self.rows(cells, by="region")

    def test_tables(self):
        """Counted rows: a woman of no known country has a sex."""
        folder = self.folder / "counted"
        folder.mkdir()
        cells = [cell for cell in self.MANY] + [row(2, citizenship="Nowhere")]
        publications.write_microdata(folder, cells, "2024-Q2")
        resource = json.loads((folder / "datapackage.json").read_text())["resources"][0]
        (folder / "resource.json").write_text(json.dumps(resource))
        found = []
        for by in ("citizenship", "citizenship,sex"):
            done = subprocess.run([PROGRAM, "tabulate", "--resource", folder / "resource.json", "--by", by, "--threshold", "5",
                                   "--format", "json", folder / "crossings.csv"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("Nowhere", done.stdout)
            found.append([line["value"] for line in json.loads(done.stdout)["tables"][0]["observations"]])
        self.assertIn("2", found[0])
        self.assertNotIn("2", found[1])


if __name__ == "__main__":
    unittest.main()
