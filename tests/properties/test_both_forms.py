"""A table of one dimension says the same in long and in wide form: the rules that other tests show in one of them, and the
packages of docs/changes-0.2.md."""
import csv
import io
import tempfile
import unittest

from changed_packages import PACKAGES, areas, lines
from packages import PROGRAM, package
from test_changes import figures


def widened(rows, properties, fields):
    """The table with a column per period, or None where the rows are not period, member, figure."""
    header, *cells = csv.reader(rows)
    if len(header) != 3 or header[0] not in ("period", "date"):
        return None
    periods = list(dict.fromkeys(row[0] for row in cells))
    members = list(dict.fromkeys(row[1] for row in cells))
    if len({(row[0], row[1]) for row in cells}) < len(cells):
        return None
    held = {(row[0], row[1]): row[2] for row in cells}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([header[1], *periods])
    writer.writerows([member, *(held.get((period, member), "") for period in periods)] for member in members)
    label = next((field for field in fields or [] if field["name"] == header[1]), None)
    wide = [label, *({"name": period, "mtm": {"role": "value", "period": period}} for period in periods)] if label else None
    unit = properties if header[2] == "value" else {**properties, "unit": header[2]}
    return {"t": (text.getvalue().splitlines(), unit, wide)}


def single(column, *rows, **properties):
    return lines(f"period,{column},value", *rows, **properties)


PERSONS = {"concept": "migration", "unit": "persons"}
MORE = [
    ("a dash with its legend as a missing cell", single("citizenship", "2024-05,UZB,10", "2024-05,RUS,5", "2024-06,UZB,20",
                                                        "2024-06,RUS,..."), "2024-06"),
    ("sexes are closed", single("sex", "2024-05,men,10", "2024-05,women,20", "2024-06,men,11"), "2024-06"),
    ("a group and its members", single("citizenship", "2024-06,CIS,170", "2024-06,Uzbekistan,100", "2024-06,Kyrgyzstan,70",
                                       "2024-06,China,30"), "2024-06"),
    ("a group that is not its members", single("citizenship", "2024-06,CIS,7", "2024-06,Uzbekistan,4", "2024-06,others,3"),
     "2024-06"),
    ("ages that overlap", single("age", "2024-06,0-17,5", "2024-06,0-4,2", "2024-06,18+,9", **PERSONS), "2024-06"),
    ("a national row above regions", single("region", "2024-06,Республика Казахстан,110", "2024-06,Абай,35",
                                            "2024-06,Акмола,75", **PERSONS), "2024-06"),
    ("outside a group", single("citizenship", *[f"2024-0{month},{country},{value}" for month in range(1, 7)
                                                for country, value in (("UZB", 100), ("CHN", 200), ("RUS", 150))
                                                if (month, country) != (6, "RUS")]), "2024-06"),
    ("a country forgotten in the base", single("citizenship", *[
        f"{year}-06,{country},{value}" for year in (2023, 2024) for country, value in (("UZB", 1000), ("RUS", 700))
        if (year, country) != (2023, "RUS")]), "2024-06"),
    ("58 points that nobody filtered", single("checkpoint", *[f"2024-06,point {i},{i + 1}" for i in range(58)],
                                              partsAreSelection=["checkpoint"]), "2024-06"),
    ("an area of a stock that a round lacks", areas(*[f"2024-0{3 * q}-30,P{i},{100 + i}" for q in (1, 2) for i in range(9)
                                                      if (q, i) != (2, 4)]), "2024-Q2"),
    ("the last known of each area", {"t": (*areas("2024-01-31,P0,10", "2024-03-31,P1,20", "2024-06-30,P0,12",
                                                  "2024-06-30,P1,22")["t"][:1],
                                           {**areas()["t"][1], "stockDates": "last-known"}, areas()["t"][2])}, "2024-Q2"),
    ("a break of the source", single("citizenship", *[f"{year}-06,{country},{value}" for year in (2023, 2024)
                                                      for country, value in (("UZB", 1000), ("RUS", 700))],
                                     breaks=[{"date": "2024-01-01", "note": "Another count."}]), "2024-06"),
]


class Forms(unittest.TestCase):
    def test_long_is_wide(self):
        seen = 0
        for name, tables, period in [(name, tables, period) for name, _, tables, period in PACKAGES] + MORE:
            rows, properties, fields = tables["t"]
            wide = widened(rows, properties, fields)
            if wide is None:
                continue
            with self.subTest(package=name), tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
                package(one, tables)
                package(other, wide)
                found = figures(PROGRAM, one, period)
                self.assertIsNotNone(found)
                self.assertEqual(figures(PROGRAM, other, period), found)
                seen += 1
        self.assertGreater(seen, 25)


if __name__ == "__main__":
    unittest.main()
