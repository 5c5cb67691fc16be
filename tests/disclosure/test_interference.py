"""Two packages that differ only in withheld numbers print the same bytes, in every form: maps, rounds of mobility tracking,
registers, series, answers of surveys."""
import itertools
import json
import pathlib
import random
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "golden"))
import made_areas
import publications
import test_mobility
import test_registers
from test_ledger import PROGRAM, Folder, row

FORMS = ("text", "markdown", "html", "json", "csv", "sdmx-csv", "xlsx", "ods", "docx", "pptx", "sdmx-ml", "sdmx-structure",
         "sdmx-json-structure", "sdmx-json", "json-stat", "json-ld", "csvw")


class Interference(Folder):
    def reports(self, folder, *arguments, forms=FORMS):
        found = {}
        for form in forms:
            out = self.folder / "out"
            done = subprocess.run([PROGRAM, "report", folder, "--format", form, "-o", out, *map(str, arguments)],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            found[form] = out.read_bytes()
        return found

    def assert_same(self, write, one, other, *arguments, forms=FORMS):
        """Both print something withheld, and the same."""
        before = self.reports(write(one), *arguments, forms=forms)
        self.assertGreater(json.loads(before["json"])["disclosure"]["withheld"], 1)
        after = self.reports(write(other), *arguments, forms=forms)
        for form in forms:
            self.assertEqual(before[form], after[form], form)
        return before

    def test_series_and_comparisons(self):
        """Small counts change places, quarter by quarter; years to date, indices and contributions stand beside them."""
        def cells(small):
            dice = random.Random(4)
            found = [row(dice.randint(200, 900), period=f"{year}-Q{quarter}", citizenship=country)
                     for year in (2023, 2024) for quarter in range(1, 5) for country in ("RUS", "KGZ", "TUR")]
            found += [row(250, period=f"{year}-Q{quarter}", citizenship="RUS", sex="M", region="KZ11")
                      for year in (2023, 2024) for quarter in range(1, 5)]
            for country, value in zip(("UZB", "CHN", "DEU"), small):
                found += [row(value, period=f"{year}-Q{quarter}", citizenship=country) for year in (2023, 2024) for quarter in range(1, 5)]
            return found
        lists = self.catalogue("lists", [
            publications.definition("all", {"direction": "IN"}, "citizenship", comparisons=["previous-period", "same-period-last-year"]),
            publications.definition("some", {"direction": "IN", "citizenship": "UZB"}, comparisons=["previous-period"])])
        self.assert_same(lambda data: self.package("data", data, "2024-Q4"), cells((3, 4, 2)), cells((3, 2, 4)),
                         "--catalogue", lists, "--period", "2024-Q4")

    def test_maps(self):
        def cells(small):
            big = {"UZB": 700, "KGZ": 650, "RUS": 900}
            found = [row(value, citizenship=code) for code, value in {**big, **dict(zip(("CHN", "TUR", "DEU"), small))}.items()]
            return found + [row(300, citizenship="RUS", sex="M", region="KZ11")]

        def write(data):
            folder = self.package("map", data)
            (folder / "areas.json").write_text(json.dumps(made_areas.geojson(made_areas.COUNTRIES)))
            described = json.loads((folder / "datapackage.json").read_text())
            described["resources"].append({"name": "areas", "path": "areas.json", "sources": [{"title": "Made-up atlas"}],
                                           "mtm": {"boundaries": "country", "code": "code"}})
            (folder / "datapackage.json").write_text(json.dumps(described))
            return folder

        before = self.assert_same(write, cells((2, 4, 3)), cells((4, 3, 2)))
        self.assertIn(b'class="map"', before["html"])

    def test_rounds(self):
        rounds = test_mobility.Rounds()
        rounds.folder = self.folder

        def cells(small):
            found = []
            for day in list(test_mobility.ROUNDS.values())[1:]:
                for n, (women, men) in enumerate([(40, 31), (60, 70), (80, 90)] + small, 1):
                    place = {"period": day, "adm1": "XX01", "adm2": f"XX01{n:02d}", "reason": "CONFLICT"}
                    found += [({**place, "sex": sex}, value) for sex, value in zip("FM", (women, men))]
            return found
        self.assert_same(rounds.write, cells([(2, 1), (1, 2), (1, 1)]), cells([(1, 1), (2, 1), (1, 2)]))

    def test_registers(self):
        register = test_registers.Register()
        register.folder = self.folder

        def counts(small):
            found = {(sex, "XX01", came, test_registers.NEVER): 40 + came for sex, came in itertools.product("FM", range(4))}
            found.update({(sex, site, 2, 3): value for (sex, site), value in small.items()})
            return found
        one = {("F", "XX02"): 2, ("M", "XX02"): 1, ("F", "XX03"): 1, ("M", "XX03"): 2}
        other = {("F", "XX02"): 1, ("M", "XX02"): 2, ("F", "XX03"): 2, ("M", "XX03"): 1}
        self.assert_same(register.write, counts(one), counts(other), "--period", "2024-Q1")


if __name__ == "__main__":
    unittest.main()
