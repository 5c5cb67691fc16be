"""mtm indicators: the catalogue, and the user's own."""
import csv
import io
import json
import unittest

from program import SOURCE, ProgramTest


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

    def test_built_in_is_the_file(self):
        """The definitions that are compiled in are those of the file, each property of them: the file read beside them
        replaces every one, and no byte of a report changes."""
        file = SOURCE / "lib/catalogue/catalogue.json"
        for package in ("kazakhstan-2024-q2", "examplia-round-7", "flow-monitoring", "registrations"):
            for language in ("en", "ru", "kk"):
                asked = ("report", SOURCE / "examples" / package, "-f", "html", "-l", language)
                self.assertEqual(self.fine(*asked), self.fine(*asked, "--catalogue", file), (package, language))
        for language in ("en", "ru", "kk"):
            asked = ("indicators", "--format", "json", "-l", language)
            self.assertEqual(self.fine(*asked), self.fine(*asked, "--catalogue", file), language)

    def test_broken_catalogue(self):
        path = self.folder / "catalogue.json"
        path.write_text("{")
        self.refused(1, "indicators", "--catalogue", path)
        self.refused(1, "indicators", "--catalogue", self.folder / "missing.json")


if __name__ == "__main__":
    unittest.main()
