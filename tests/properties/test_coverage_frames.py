"""Lists of all members: declared, closed, with dates; what contradicts them is refused."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from packages import PROGRAM, compute, computed, long_fields, package, rows_long
from test_coverage_cases import comparison, monthly


def check(lines, fields=None, **properties):
    """The diagnostics of a package with one table."""
    with tempfile.TemporaryDirectory() as folder:
        package(folder, {"arrivals": (lines, properties, fields or long_fields())})
        done = subprocess.run([PROGRAM, "check", folder, "-f", "json", "-q"], capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout)


class Frames(unittest.TestCase):
    def both(self, figures, period, **properties):
        results = [computed(figures, period, form, **properties) for form in ("long", "wide")]
        for result in results:
            result.pop("sources"), result.pop("notes")
        self.assertEqual(results[0], results[1])
        return results[0]

    def test_a_declared_list_is_expected_whole(self):
        figures = monthly({"UZB": 100, "RUS": 50})
        result = self.both(figures, "2024-06", frame={"citizenship": ["UZB", "RUS"]})
        self.assertEqual((result["value"], result["extent"]["frame"]), ("150", "declared"))
        self.assertNotIn("that the source lists", result["finding"])
        result = self.both(figures, "2024-06", frame={"citizenship": ["UZB", "RUS", "KGZ"]})
        self.assertEqual((result["value"], result["reason"]), (None, "coverage-incomplete"))
        self.assertEqual((result["extent"]["covered"], result["extent"]["expected"]), (2, 3))
        self.assertEqual(result["extent"]["absent_names"], "Kyrgyzstan")

    def test_names_and_codes_are_one(self):
        figures = monthly({"Uzbekistan": 100, "Россия": 50})
        result = self.both(figures, "2024-06", frame={"citizenship": ["UZB", "Russian Federation"]})
        self.assertEqual((result["value"], result["extent"]["frame"]), ("150", "declared"))

    def test_closed(self):
        figures = monthly({"UZB": 100, "RUS": 50})
        result = self.both(figures, "2024-06", frame={"citizenship": "closed"})
        self.assertEqual((result["value"], result["extent"]["frame"]), ("150", "declared"))
        figures["2024-06", "RUS"] = None
        result = self.both(figures, "2024-06", frame={"citizenship": "closed"})
        self.assertEqual(result["reason"], "coverage-incomplete")
        # not seen for two years, and still one of all
        figures = monthly({"UZB": 100, "RUS": lambda month: 50 if month < "2022-03" else None})
        self.assertEqual(self.both(figures, "2024-06")["value"], "100")
        self.assertEqual(self.both(figures, "2024-06", frame={"citizenship": "closed"})["reason"], "coverage-incomplete")

    def test_the_categories_of_the_schema(self):
        figures = monthly({"UZB": 100, "RUS": 50})
        fields = long_fields()
        fields[1]["categories"] = [{"value": "UZB", "label": "Uzbekistan"}, "RUS", "Total"]
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {"arrivals": (rows_long(figures), {"frame": True}, fields)})
            result = compute(folder, "2024-06")
        self.assertEqual((result["value"], result["extent"]["frame"]), ("150", "declared"))

    def test_members_with_dates(self):
        figures = monthly({"UZB": 100, "RUS": lambda month: 50 if month >= "2023-04" else None})
        frame = {"citizenship": ["UZB", {"code": "RUS", "from": "2023-04-01"}]}
        result = self.both(figures, "2023-03", frame=frame)
        self.assertEqual((result["value"], result["extent"]["expected"]), ("100", 1))
        result = self.both(figures, "2024-06", frame=frame)
        self.assertEqual((result["value"], result["extent"]["expected"]), ("150", 2))

    def test_one_country_may_be_all(self):
        figures = monthly({"UZB": 100})
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-unknown")
        result = self.both(figures, "2024-06", frame={"citizenship": ["UZB"]})
        self.assertEqual((result["value"], result["extent"]["frame"]), ("100", "declared"))

    def test_a_member_outside_is_refused(self):
        lines = rows_long(monthly({"UZB": 100, "CHN": 3}, "2022-01"))
        code, found = check(lines, frame={"citizenship": ["UZB"]})
        self.assertEqual(code, 1)
        self.assertIn("MTM-E095", json.dumps(found))
        self.assertIn("add it to frame", json.dumps(found))

    def test_contradictions(self):
        lines = rows_long(monthly({"UZB": 100, "RUS": 3}, "2022-01"))
        for frame, text in (({"citizenshp": ["UZB"]}, "the dimension"), ({"citizenship": ["Atlantis"]}, "the member"),
                            ({"citizenship": []}, "an empty list"), ({"citizenship": "open"}, "closed"),
                            ({"citizenship": [{"code": "UZB", "form": "2020"}]}, "from"),
                            ({"citizenship": [{"code": "UZB", "predecessor": "RUS"}]}, "first day"), (7, "categories")):
            code, found = check(lines, frame=frame)
            self.assertEqual(code, 1, frame)
            self.assertIn(text, json.dumps(found, ensure_ascii=False), frame)
        code, found = check(lines, frame={"citizenship": ["UZB", "RUS"]}, partsAreSelection=["citizenship"])
        self.assertIn("partsAreSelection", json.dumps(found))


class Breaks(unittest.TestCase):
    def test_figures_on_both_sides_do_not_compare(self):
        figures = monthly({"Total": 1000, "UZB": 700, "RUS": 300})
        for kind, reason in (("definition", "definition-differs"), ("coverage", "coverage-differs")):
            breaks = [{"date": "2024-06-01", "of": kind, "note": {"en": "Transit is left out.", "ru": "Без транзита."}}]
            result = computed(figures, "2024-06", breaks=breaks)
            self.assertEqual(result["value"], "1000")
            for which in ("previous-period", "same-period-last-year"):
                self.assertEqual((comparison(result, which)["percent"], comparison(result, which)["reason"]), (None, reason))
            self.assertIn("Transit is left out.", json.dumps(result["notes"]))
            marked = [point["period"] for point in result["series"] if point.get("breaks")]
            self.assertEqual(marked, ["2024-06"])
        # the break is the day after the end, or the value's and the base's periods lie behind it
        for date, period in (("2024-07-01", "2024-06"), ("2023-06-01", "2024-06")):
            result = computed(figures, period, breaks=[{"date": date}])
            self.assertEqual(comparison(result, "previous-period")["percent"], "0.0")
        self.assertEqual(comparison(result, "same-period-last-year")["percent"], "0.0")

    def test_a_break_within_the_period_is_said(self):
        figures = monthly({"Total": 1000})
        result = computed(figures, "2024-Q2", breaks=[{"date": "2024-05-15", "note": "A new form."}])
        self.assertEqual(result["value"], "3000")
        self.assertIn("A new form.", json.dumps(result["notes"]))
        self.assertEqual(comparison(result, "previous-period")["reason"], "definition-differs")

    def test_contradictions(self):
        lines = rows_long(monthly({"UZB": 100}, "2022-01"))
        for breaks in ([{}], [{"date": "soon"}], ["2024-01-01"], [{"date": "2024-01-01", "of": "weather"}], {}):
            self.assertEqual(check(lines, breaks=breaks)[0], 1, breaks)


if __name__ == "__main__":
    unittest.main()
