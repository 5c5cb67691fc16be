"""Stocks whose dates differ by area, and differences on prints that were superseded."""
import tempfile
import unittest

from packages import compute, package


def stock(rows, period, indicator="idps", catalogue=None, **properties):
    with tempfile.TemporaryDirectory() as folder:
        lines = ["date,province,value"] + [f"{day},{area},{value}" for day, area, value in rows]
        fields = [{"name": "date", "mtm": {"role": "period"}},
                  {"name": "province", "mtm": {"role": "dimension", "dimension": "province", "codelist": "none"}},
                  {"name": "value", "mtm": {"role": "value"}}]
        package(folder, {"t": (lines, {"concept": "population", "kind": "stock", "unit": "persons", "dimensions": {},
                                       **properties}, fields)})
        return compute(folder, period, "population")


def visits(start, areas, month, base=100):
    return [(f"{month}-{start + i:02}", area, base + i) for i, area in enumerate(areas)]


AREAS = [f"P{i}" for i in range(11)]


class Collections(unittest.TestCase):
    def test_eleven_days_are_one_round(self):
        found = stock(visits(3, AREAS, "2024-05"), "2024-Q2")
        self.assertEqual(found["value"], str(sum(100 + i for i in range(11))))
        self.assertTrue(any("different dates" in note for note in found["notes"]), found["notes"])

    def test_the_order_of_rows_is_no_matter(self):
        rows = visits(3, AREAS, "2024-05")
        self.assertEqual(stock(rows, "2024-Q2")["value"], stock(rows[::-1], "2024-Q2")["value"])

    def test_an_area_that_comes_again_begins_the_next_round(self):
        rows = visits(3, AREAS, "2024-04") + visits(3, AREAS, "2024-05", base=200)
        self.assertEqual(stock(rows, "2024-05")["value"], str(sum(200 + i for i in range(11))))
        self.assertEqual(stock(rows, "2024-04")["value"], str(sum(100 + i for i in range(11))))
        # a new area comes first in the second round: it is not one of the first
        rows += [("2024-05-02", "P11", 7)]
        self.assertEqual(stock(rows, "2024-05")["value"], str(7 + sum(200 + i for i in range(11))))

    def test_an_area_that_lacks_in_the_round_is_absent(self):
        rows = visits(3, AREAS, "2024-04") + visits(3, AREAS[1:], "2024-05", base=200)
        self.assertEqual(stock(rows, "2024-05")["reason"], "coverage-incomplete")

    def test_the_span_is_the_packages(self):
        rows = [("2024-04-01", "P0", 5), ("2024-06-10", "P1", 7)]
        self.assertNotEqual(stock(rows, "2024-Q2")["value"], "12")
        self.assertEqual(stock(rows, "2024-Q2", roundSpan=90)["value"], "12")

    def test_one_date_stays_one_date(self):
        rows = [(f"2024-{month:02}-01", area, 10 * month) for month in range(1, 7) for area in AREAS[:3]]
        found = stock(rows, "2024-05")
        self.assertEqual(found["value"], "180")
        self.assertFalse(any("different dates" in note for note in found["notes"]))


class Superseded(unittest.TestCase):
    def quarter(self, rows):
        with tempfile.TemporaryDirectory() as folder:
            lines = ["period,released,edition,value"] + [",".join(row) for row in rows]
            fields = [{"name": "period", "mtm": {"role": "period"}}, {"name": "released", "mtm": {"role": "release-date"}},
                      {"name": "edition", "mtm": {"role": "edition"}}, {"name": "value", "mtm": {"role": "value"}}]
            package(folder, {"t": (lines, {"cumulative": True}, fields)})
            return compute(folder, "2024-Q2", "arrivals")

    def test_a_base_that_was_revised_later(self):
        rows = [("2024-01/2024-03", "2024-05-15", "first", "100"), ("2024-01/2024-06", "2024-08-15", "first", "250")]
        found = self.quarter(rows)
        self.assertEqual(found["value"], "150")
        self.assertNotIn("superseded-base", found["flags"])
        found = self.quarter(rows + [("2024-01/2024-03", "2024-09-15", "revised", "110")])
        self.assertEqual(found["value"], "150")
        self.assertIn("superseded-base", found["flags"])
        self.assertTrue(any("from 100 to 110" in note for note in found["notes"]), found["notes"])
        # a revision that says the same supersedes nothing
        found = self.quarter(rows + [("2024-01/2024-03", "2024-09-15", "revised", "100")])
        self.assertNotIn("superseded-base", found["flags"])

    def test_both_revised_are_used(self):
        rows = [("2024-01/2024-03", "2024-05-15", "first", "100"), ("2024-01/2024-06", "2024-08-15", "first", "250"),
                ("2024-01/2024-03", "2024-09-15", "revised", "110"), ("2024-01/2024-06", "2024-09-15", "revised", "255")]
        found = self.quarter(rows)
        self.assertEqual((found["value"], "superseded-base" in found["flags"]), ("145", False))


if __name__ == "__main__":
    unittest.main()
