"""Sexes, town and country, and "of which" as rows under each country or region."""
import json
import tempfile
import unittest

from packages import compute, package, PROGRAM
from test_coverage_frames import check

PARTS = {"en": ("men", "women", "of which women"), "ru": ("мужчины", "женщины", "в том числе женщины"),
         "kk": ("ерлер", "әйелдер", "оның ішінде әйелдер")}


def result(lines, period="2024-06", indicator="arrivals-by-origin", **properties):
    with tempfile.TemporaryDirectory() as folder:
        package(folder, {"t": (lines, properties, None)})
        return compute(folder, period, indicator)


class RowParts(unittest.TestCase):
    def test_sexes_under_each_country(self):
        for men, women, of_which in PARTS.values():
            for blocks in ((men, women), (women, men), (of_which,)):
                lines = ["period,citizenship,value"]
                for i, country in enumerate(("UZB", "RUS", "KGZ")):
                    lines.append(f"2024-06,{country},{10 + i}")
                    lines += [f"2024-06,{label},{(6 + i) if label == men else 4}" for label in blocks]
                found = result(lines)
                self.assertEqual(found["value"], "33", lines)
                self.assertEqual({row["code"]: row["value"] for row in found["breakdown"]["rows"]},
                                 {"UZB": "10", "RUS": "11", "KGZ": "12"})

    def test_periods_as_columns_and_a_total_above(self):
        lines = ["citizenship,2024-05,2024-06", "Total,63,33", "men,48,21", "women,15,12"]
        for i, country in enumerate(("UZB", "RUS", "CHN")):
            lines += [f"{country},{20 + i},{10 + i}", f"men,{15 + i},{6 + i}", "women,5,4"]
        found = result(lines)
        self.assertEqual((found["value"], found["extent"]["frame"]), ("33", "all"))
        self.assertFalse(any("add up" in note for note in found["notes"]), found["notes"])

    def test_countries_without_figures_of_their_own(self):
        lines = ["period,citizenship,value"]
        for i, country in enumerate(("UZB", "RUS")):
            lines += [f"2024-06,{country},", f"2024-06,men,{6 + i}", "2024-06,women,4"]
        self.assertEqual(result(lines)["value"], "21")

    def test_one_word_of_three_letters_is_no_country(self):
        lines = ["period,citizenship,value", "2024-06,UZB,10", "2024-06,men,6", "2024-06,women,4", "2024-06,RUS,5"]
        self.assertEqual(result(lines)["value"], "15")

    def test_parts_that_do_not_add_up_are_said(self):
        lines = ["period,citizenship,value", "2024-06,UZB,10", "2024-06,men,6", "2024-06,women,5", "2024-06,RUS,5"]
        code, found = check(lines, fields=[{"name": name} for name in ("period", "citizenship", "value")])
        self.assertIn("MTM-N102", json.dumps(found))
        self.assertIn("MTM-N096", json.dumps(found))

    def test_of_which_that_no_list_knows_is_kept_apart(self):
        lines = ["period,citizenship,value", "2024-06,UZB,10", "2024-06,of which seasonal,6", "2024-06,RUS,5",
                 "2024-06,of which seasonal,2"]
        self.assertEqual(result(lines)["value"], "15")

    def test_a_part_under_nothing_is_of_all(self):
        lines = ["period,region,value", "2024-06,городская местность,60", "2024-06,сельская местность,40"]
        self.assertEqual(result(lines, indicator="immigration", concept="migration", unit="persons")["value"], "100")

    def test_town_and_country_under_regions(self):
        lines = ["region,2024-05,2024-06"]
        for i, region in enumerate(("Абай", "Акмолинская", "Алматинская")):
            lines += [f"{region},{20 + i},{10 + i}", f"городское население,{15 + i},{6 + i}", "сельское население,5,4"]
        self.assertEqual(result(lines, indicator="immigration", concept="migration", unit="persons")["value"], "33")


if __name__ == "__main__":
    unittest.main()
