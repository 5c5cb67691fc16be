"""mtm indicators: the catalogue, and the user's own."""
import csv
import io
import json
import unittest

from program import ProgramTest


class Indicators(ProgramTest):
    def test_list(self):
        rows = list(csv.DictReader(io.StringIO(self.fine("indicators", "--format", "csv"))))
        for wanted in ("arrivals", "net-migration", "kandas-by-origin", "remittances-out"):
            self.assertIn(wanted, [r["id"] for r in rows])
        self.assertEqual(rows, json.loads(self.fine("indicators", "--format", "json")))
        self.assertIn("arrivals", self.fine("indicators"))

    def test_definition(self):
        self.assertIn("concept: ", self.fine("indicators", "arrivals", "kandas"))
        self.assertNotEqual(self.fine("indicators", "arrivals", "-l", "ru"), self.fine("indicators", "arrivals"))
        self.assertIn("did you mean arrivals?", self.refused(2, "indicators", "arival")[0])

    def test_broken_catalogue(self):
        path = self.folder / "catalogue.json"
        path.write_text("{")
        self.refused(1, "indicators", "--catalogue", path)
        self.refused(1, "indicators", "--catalogue", self.folder / "missing.json")


if __name__ == "__main__":
    unittest.main()
