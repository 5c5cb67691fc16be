"""Over time: contributions of parts add up exactly, indices, sums of the year and of twelve months, rates per 1,000
population, and revisions."""
import csv
import io
import json
import pathlib
import random
import shutil
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import program
import statements

QUARTERS = [f"{year}-Q{quarter}" for year in (2022, 2023, 2024) for quarter in (1, 2, 3, 4)][:10]  # to 2024-Q2


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def document(self, tables, *arguments):
        statements.write(self.folder, tables)
        done = program.run("report", self.folder, "-f", "json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {i["id"]: i for s in json.loads(done.stdout)["sections"] for i in s["indicators"]}

    def text(self, *arguments):
        done = program.run(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


def border(values, **mtm):
    """Arrivals by citizenship: period -> citizenship -> number."""
    rows = [row for period, parts in values.items()
            for row in statements.rows_of(period, {"direction": "IN"}, "citizenship", parts)]
    return {"border-crossings": dict(kind="flow", unit="movements", dimensions=["direction", "citizenship"], rows=rows, mtm=mtm)}


class Contributions(Folder):
    def parts(self, indicator, comparison):
        """Pairs of change and points of every row."""
        found = []
        for row in indicator["breakdown"]["rows"]:
            for one in row.get("contributions", []):
                if one["with"] == comparison:
                    found.append((Decimal(one["change"]), Decimal(one["points"])))
        return found

    def test_they_add_up_to_the_change_and_to_its_per_cent(self):
        source = random.Random(5)
        for trial in range(25):
            codes = source.sample(sorted(statements.COUNTRIES), source.randint(2, 11))
            values = {p: {c: source.choice([0, 1, 3, 7, source.randint(0, 10 ** source.randint(1, 7))]) for c in codes}
                      for p in ("2023-Q2", "2024-Q1", "2024-Q2")}
            indicator = self.document(border(values))["arrivals-by-origin"]
            for comparison in indicator["comparisons"]:
                parts = self.parts(indicator, comparison["with"])
                with self.subTest(trial=trial, comparison=comparison["with"]):
                    if comparison["percent"] is None:
                        self.assertEqual(parts, [])
                        continue
                    self.assertEqual(len(parts), len(indicator["breakdown"]["rows"]))
                    self.assertEqual(sum(change for change, _ in parts), Decimal(comparison["absolute"]))
                    self.assertEqual(sum(points for _, points in parts), Decimal(comparison["percent"]))
                    for change, points in parts:
                        exact = Fraction(change) * 100 / Fraction(Decimal(comparison["base"]))
                        self.assertLess(abs(Fraction(points) - exact), Fraction(1, 10))

    def test_a_part_without_a_base_is_no_zero(self):
        values = {"2023-Q2": {"UZB": 10, "RUS": 20}, "2024-Q1": {"UZB": 30}, "2024-Q2": {"UZB": 40, "RUS": 50}}
        indicator = self.document(border(values, incomplete="as-covered"))["arrivals-by-origin"]
        self.assertEqual(self.parts(indicator, "previous-period"), [])
        self.assertEqual(len(self.parts(indicator, "same-period-last-year")), 2)

    def test_confidential_figures_have_none(self):
        values = {p: {"UZB": 100 + n, "RUS": 200 + n} for n, p in enumerate(("2023-Q2", "2024-Q1", "2024-Q2"))}
        indicator = self.document(border(values, confidential=True))["arrivals-by-origin"]
        self.assertNotIn("contributions", json.dumps(indicator))

    def test_three_languages_and_forms_print_them(self):
        values = {"2023-Q2": {"UZB": 10, "RUS": 20}, "2024-Q1": {"UZB": 30, "RUS": 10}, "2024-Q2": {"UZB": 40, "RUS": 50}}
        statements.write(self.folder, border(values))
        for language, title in (("en", "Contributions to the change"), ("ru", "Вклад в изменение"),
                                ("kk", "Өзгеріске қосқан үлес")):
            for form in ("text", "markdown", "html"):
                with self.subTest(language=language, form=form):
                    self.assertIn(title, self.text("report", self.folder, "-l", language, "-f", form).replace("\\", ""))


class Series(Folder):
    VALUES = dict(zip(QUARTERS, [40, 30, 60, 50, 44, 36, 66, 55, 48, 41]))

    def series(self, values, **mtm):
        return self.document(border({p: {"UZB": v} for p, v in values.items()}, **mtm))["arrivals"]["series"]

    def test_index_sum_of_the_year_and_of_twelve_months(self):
        points = {}
        for point in self.series(self.VALUES):
            points[point["period"]] = point
        numbers = list(self.VALUES.values())
        for at, period in enumerate(QUARTERS):
            index = (Decimal(numbers[at]) * 100 / 40).quantize(Decimal("0.1"), ROUND_HALF_UP)
            self.assertEqual(Decimal(points[period]["index"]), index)
            since = numbers[at - at % 4:at + 1]
            self.assertEqual(Decimal(points[period]["year_to_date"]), sum(since))
            if at < 3:
                self.assertNotIn("twelve_months", points[period])
            else:
                self.assertEqual(Decimal(points[period]["twelve_months"]), sum(numbers[at - 3:at + 1]))

    def test_a_gap_ends_what_is_added(self):
        values = {p: v for p, v in self.VALUES.items() if p != "2023-Q2"}
        points = {p["period"]: p for p in self.series(values)}
        self.assertNotIn("year_to_date", points["2023-Q3"])
        self.assertIn("year_to_date", points["2024-Q1"])
        self.assertNotIn("twelve_months", points["2024-Q1"])
        self.assertIn("twelve_months", points["2024-Q2"])

    def test_nothing_goes_over_a_break(self):
        points = {p["period"]: p for p in self.series(self.VALUES, breaks=[{"date": "2023-07-01", "note": "counted otherwise"}])}
        self.assertIn("index", points["2023-Q2"])
        self.assertNotIn("index", points["2023-Q3"])
        self.assertNotIn("year_to_date", points["2023-Q3"])
        self.assertNotIn("twelve_months", points["2024-Q1"])
        self.assertIn("twelve_months", points["2024-Q2"])

    def test_stocks_are_not_added(self):
        days = ("2023-06-30", "2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30")
        tables = {"foreign-workers": dict(kind="stock", unit="permits", dimensions=[],
                                          rows=[{"period": d, "value": 100 + n} for n, d in enumerate(days)])}
        points = self.document(tables)["foreign-workers"]["series"]
        self.assertEqual(len(points), 5)
        for point in points:
            self.assertIn("index", point)
            self.assertNotIn("year_to_date", point)
            self.assertNotIn("twelve_months", point)


class Rates(Folder):
    def test_per_1000_population(self):
        tables = {"kandas": dict(kind="flow", unit="persons", dimensions=[], rows=[{"period": "2024-Q2", "value": 838000}]),
                  "population": dict(kind="stock", unit="persons", dimensions=[], rows=[
                      {"period": "2024-06-30", "value": 20139914}]),
                  **border({"2024-Q2": {"UZB": 10}})}
        for language, words in (("en", "Per 1,000 population: 41.61 (population as of 30 June 2024: 20,139,914)."),
                                ("ru", "На 1000 человек населения: 41,61"), ("kk", "1000 адамына шаққанда: 41,61")):
            found = self.document(tables, "-l", language)
            self.assertIn(words, " ".join(found["kandas"]["notes"]).replace("\xa0", " "))
            self.assertNotIn("1000", " ".join(found["arrivals"]["notes"] + found["population"]["notes"]))


class EveryForm(Folder):
    """What is computed over time is in every form that is made of rows, equal to JSON."""
    NAMES = {"index": "index", "year_to_date": "year-to-date", "twelve_months": "twelve-months"}

    def setUp(self):
        super().setUp()
        tables = border({p: {"UZB": v, "RUS": 2 * v + n} for n, (p, v) in enumerate(Series.VALUES.items())})
        tables["kandas"] = dict(kind="flow", unit="persons", dimensions=[], rows=[{"period": "2024-Q2", "value": 838000}])
        tables["population"] = dict(kind="stock", unit="persons", dimensions=[], rows=[
            {"period": "2024-06-30", "value": 20139914}])
        self.indicators = self.document(tables)

    def told(self):
        """Indicator, measure, with, period, code -> the number, as JSON has it."""
        found = {}
        for name, i in self.indicators.items():
            if "per_1000" in i:
                found[name, "per-1000", "population", i["observed"], ""] = i["per_1000"]
            for row in (i["breakdown"] or {"rows": []})["rows"]:
                for one in row.get("contributions", []):
                    found[name, "contribution", one["with"], i["observed"], row["code"]] = one["change"]
                    found[name, "contribution-points", one["with"], i["observed"], row["code"]] = one["points"]
            base = next((p["period"] for p in i["series"] if "index" in p), "")
            for point in i["series"]:
                for key, measure in self.NAMES.items():
                    if key in point:
                        found[name, measure, base if key == "index" else "", point["period"], ""] = point[key]
        return found

    def check(self, rows):
        measures = {"per-1000", "contribution", "contribution-points", *self.NAMES.values()}
        found = {(r["indicator"], r["measure"], r["with"], r["period"], r["code"]): (r["value"], r["unit"])
                 for r in rows if r["measure"] in measures}
        told = self.told()
        self.assertEqual({key[1] for key in told}, measures)
        self.assertEqual({key: Decimal(str(value)) for key, (value, _) in found.items()},
                         {key: Decimal(value) for key, value in told.items()})
        units = {"per-1000": "per-1000", "contribution-points": "percentage-points", "index": "index"}
        for key, (_, unit) in found.items():
            self.assertEqual(unit, units.get(key[1], self.indicators[key[0]]["unit"]))

    def test_csv(self):
        self.check(csv.DictReader(io.StringIO(self.text("report", self.folder, "-f", "csv"))))

    def test_workbooks(self):
        for form, read in (("xlsx", self.cells_of_xlsx), ("ods", self.cells_of_ods)):
            with self.subTest(form):
                path = self.folder / f"report.{form}"
                self.text("report", self.folder, "-o", path)
                head, *rows = [r for r in read(path) if len(r) > 5]
                self.check(dict(zip(head, ["" if c == "[z]" else c for c in row], strict=True)) for row in rows)

    def cells_of_xlsx(self, path):
        main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        sheet = ElementTree.fromstring(zipfile.ZipFile(path).read("xl/worksheets/sheet4.xml"))
        for row in sheet.iter(main + "row"):
            yield ["".join(t.text or "" for t in c.iter() if t.tag in (main + "t", main + "v")) for c in row.iter(main + "c")]

    def cells_of_ods(self, path):
        table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
        sheet = list(ElementTree.fromstring(zipfile.ZipFile(path).read("content.xml")).iter(table + "table"))[3]
        for row in sheet.iter(table + "table-row"):
            yield ["".join(c.itertext()) for c in row.iter(table + "table-cell")]

    def test_text_documents_have_the_tables(self):
        word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        for language, titles in (("en", ("Over time", "Contributions to the change", "Last 12 months")),
                                 ("ru", ("Динамика", "Вклад в изменение", "За 12 месяцев")),
                                 ("kk", ("Серпіні", "Өзгеріске қосқан үлес", "Соңғы 12 ай"))):
            path = self.folder / "report.docx"
            self.text("report", self.folder, "-l", language, "-o", path)
            body = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
            whole = "\n".join("".join(t.text or "" for t in p.iter(word + "t")) for p in body.iter(word + "p"))
            for title in titles:
                self.assertIn(title, whole)


class Revisions(Folder):
    def package(self, **mtm):
        prints = {"first": ("2024-05-10", {"2023-Q4": 90, "2024-Q1": 100}), "second": ("2024-08-09", {"2024-Q1": 104, "2024-Q2": 120}),
                  "third": ("2025-03-15", {"2023-Q4": 91, "2024-Q1": 104, "2024-Q2": 114})}
        tables = {}
        for name, (day, values) in prints.items():
            tables[name] = border({p: {"UZB": v} for p, v in values.items()}, concept="border-crossings", releaseDate=day,
                                  **mtm)["border-crossings"]
        statements.write(self.folder, tables)

    def test_the_triangle(self):
        self.package()
        found = [tuple(row.values()) for row in csv.DictReader(io.StringIO(
            self.text("revisions", self.folder, "arrivals", "-f", "csv")))]
        self.assertEqual(found, [
            ("2023-Q4", "2024-05-10", "90", "", ""), ("2023-Q4", "2024-08-09", "90", "0", "0.0"),
            ("2023-Q4", "2025-03-15", "91", "1", "1.1"),
            ("2024-Q1", "2024-05-10", "100", "", ""), ("2024-Q1", "2024-08-09", "104", "4", "4.0"),
            ("2024-Q1", "2025-03-15", "104", "0", "0.0"),
            ("2024-Q2", "2024-08-09", "120", "", ""), ("2024-Q2", "2025-03-15", "114", "-6", "-5.0")])
        document = json.loads(self.text("revisions", self.folder, "arrivals", "-f", "json"))
        self.assertEqual([(p["period"], c["release"], c["value"], c["revision"] or "", c["percent"] or "")
                          for p in document["periods"] for c in p["releases"]], found)
        lines = self.text("revisions", self.folder, "arrivals").splitlines()
        self.assertEqual([line.split() for line in lines[3:]],
                         [["2023-Q4", "2024-05-10", "90"], ["2025-03-15", "91", "+1", "+1.1"],
                          ["2024-Q1", "2024-05-10", "100"], ["2024-08-09", "104", "+4", "+4.0"],
                          ["2024-Q2", "2024-08-09", "120"], ["2025-03-15", "114", "-6", "-5.0"]])

    def test_as_of_leaves_later_releases_out(self):
        self.package()
        self.assertNotIn("2025-03-15", self.text("revisions", self.folder, "arrivals", "--as-of", "2024-12-31"))

    def test_what_cannot_be_is_refused(self):
        self.package(confidential=True)
        done = program.run("revisions", self.folder, "arrivals")
        self.assertEqual(done.returncode, 1)
        self.assertIn("revisions are not protected", done.stderr)
        statements.write(self.folder, border({"2024-Q2": {"UZB": 10}}))
        self.assertIn("expected releaseDate", program.run("revisions", self.folder, "arrivals").stderr)
        self.assertIn("did you mean arrivals", program.run("revisions", self.folder, "arivals").stderr)


if __name__ == "__main__":
    unittest.main()
