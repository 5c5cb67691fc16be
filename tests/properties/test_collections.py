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


class LastKnown(unittest.TestCase):
    """An area that a round lacks has its last figure, where the package says so."""

    def test_an_older_figure_stands(self):
        rows = visits(3, AREAS, "2024-04") + visits(3, AREAS[1:], "2024-05", base=200)
        self.assertEqual(stock(rows, "2024-05")["reason"], "coverage-incomplete")
        found = stock(rows, "2024-05", stockDates="last-known")
        self.assertEqual(found["value"], str(100 + sum(200 + i for i in range(10))))
        self.assertTrue(any("last known" in note and "3 April" in note for note in found["notes"]), found["notes"])
        before = found["comparisons"][0]
        self.assertEqual((before["base"], before["reason"]), (str(sum(100 + i for i in range(11))), None))
        self.assertEqual(stock(rows[::-1], "2024-05", stockDates="last-known")["value"], found["value"])

    def test_it_stands_until_there_is_another(self):
        rows = [("2024-01-10", "P0", 5), ("2024-01-10", "P1", 7), ("2024-02-10", "P1", 8), ("2024-03-10", "P1", 9),
                ("2024-04-10", "P0", 6), ("2024-04-10", "P1", 10)]
        for period, value in (("2024-01", 12), ("2024-02", 13), ("2024-03", 14), ("2024-04", 16)):
            self.assertEqual(stock(rows, period, stockDates="last-known")["value"], str(value), period)
        notes = [note for note in stock(rows, "2024-04", stockDates="last-known")["notes"] if "last known" in note]
        self.assertEqual(len(notes), 1)  # of the base
        self.assertIn("10 January – 10 March 2024", notes[0])

    def test_an_empty_cell_is_no_figure(self):
        rows = [("2024-01-10", "P0", 5), ("2024-01-10", "P1", 7), ("2024-02-10", "P0", ""), ("2024-02-10", "P1", 8)]
        self.assertEqual(stock(rows, "2024-02", stockDates="last-known")["value"], "13")

    def test_totals_are_not_carried(self):
        rows = [("2024-01-10", "Total", 12), ("2024-01-10", "P0", 5), ("2024-01-10", "P1", 7), ("2024-02-10", "P1", 8)]
        self.assertEqual(stock(rows, "2024-02", stockDates="last-known")["value"], "13")

    def test_what_was_not_there_before_is_not_known(self):
        rows = [("2024-01-10", "P0", 5), ("2024-01-10", "P1", 7), ("2024-02-10", "P0", 6), ("2024-02-10", "P1", 8),
                ("2024-02-10", "P2", 9)]
        found = stock(rows, "2024-02", stockDates="last-known")
        self.assertEqual((found["value"], found["comparisons"][0]["reason"]), ("23", "extent-differs"))


class Rounds(unittest.TestCase):
    """Rounds in a file each are one table."""

    def rounds(self, tables, period, **properties):
        with tempfile.TemporaryDirectory() as folder:
            fields = [{"name": "date", "mtm": {"role": "period"}},
                      {"name": "province", "mtm": {"role": "dimension", "dimension": "province", "codelist": "none"}},
                      {"name": "value", "mtm": {"role": "value"}}]
            package(folder, {f"round-{i}": (["date,province,value"] + [f"{day},{area},{value}" for day, area, value in rows],
                                            {"concept": "population", "kind": "stock", "unit": "persons", "dimensions": {},
                                             **properties}, fields) for i, rows in enumerate(tables, 1)})
            return compute(folder, period, "population")

    def test_they_are_as_one_file(self):
        tables = [visits(3, AREAS, "2024-04"), visits(3, AREAS, "2024-05", base=200)]
        found = self.rounds(tables, "2024-05")
        whole = stock(tables[0] + tables[1], "2024-05")
        self.assertEqual((found["value"], found["comparisons"][0]["percent"], found["extent"]),
                         (whole["value"], whole["comparisons"][0]["percent"], whole["extent"]))

    def test_an_area_that_a_round_lacks(self):
        tables = [visits(3, AREAS, "2024-04"), visits(3, AREAS[1:], "2024-05", base=200)]
        found = self.rounds(tables, "2024-05")
        self.assertEqual((found["value"], found["reason"], found["extent"]["absent_names"]), (None, "coverage-incomplete", "P0"))
        found = self.rounds(tables, "2024-05", stockDates="last-known")
        self.assertEqual(found["value"], str(100 + sum(200 + i for i in range(10))))

    def test_a_round_that_covers_more(self):
        tables = [visits(3, AREAS[:8], "2024-04"), visits(3, AREAS, "2024-05", base=103)]
        found = self.rounds(tables, "2024-05")["comparisons"][0]
        self.assertEqual((found["percent"], found["reason"]), (None, "extent-differs"))
        self.assertEqual((found["like_for_like"]["percent"], found["like_for_like"]["common"]), ("2.9", 8))


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
