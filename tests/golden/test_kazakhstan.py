"""Published figures of Kazakhstan through the command line: what the report must say, and what it must refuse to say."""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"
PACKAGE = SOURCE / "examples/kazakhstan-2024-q2"


def compute(indicator, period, *more):
    out = subprocess.run([PROGRAM, "compute", PACKAGE, indicator, "--period", period, "--format", "json", *more],
                         check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def comparison(indicator, which):
    return next(c for c in indicator["comparisons"] if c["with"] == which)


@unittest.skipUnless(PROGRAM.exists(), "the program is not built")
class Kazakhstan(unittest.TestCase):
    def change(self, indicator, period, which, value, base, percent):
        found = compute(indicator, period)
        against = comparison(found, which)
        self.assertEqual((found["value"], against["base"], against["percent"]), (value, base, percent), indicator)
        return found

    def test_a_share_is_of_one_date(self):
        self.assertFalse([note for note in compute("quota-use", "2024-Q2")["notes"] if "different dates" in note])

    def test_border_crossings(self):
        found = self.change("arrivals", "2024-Q2", "previous-period", "4001714", "2975788", "34.5")
        self.assertEqual(comparison(found, "previous-period")["absolute"], "1025926")
        self.change("departures", "2024-Q2", "previous-period", "3832829", "2872109", "33.4")
        net = compute("net-crossings", "2024-Q2")
        self.assertEqual((net["value"], comparison(net, "previous-period")["base"]), ("168885", "103679"))

    def test_remittances_against_implied_bases(self):
        for indicator, value, base, percent in (("remittances-out", "157.2", "144.0", "9.2"),
                                                ("remittances-in", "62.9", "55.5", "13.3")):
            found = self.change(indicator, "2024-Q2", "previous-period", value, base, percent)
            self.assertEqual((found["unit"], found["multiplier"]), ("USD", 6))
            self.assertTrue(any("157.2 / 1.092 = 143.84" in note for note in found["notes"]), found["notes"])

    def test_cumulative_releases_become_a_quarter(self):
        self.change("immigration", "2023-Q2", "same-period-last-year", "5972", "3179", "87.9")
        self.change("emigration", "2023-Q2", "same-period-last-year", "4332", "7063", "-38.7")

    def test_a_quarter_without_its_base_is_unavailable(self):
        found = compute("immigration", "2024-Q2")
        self.assertIsNone(found["value"])
        self.assertTrue(found["reason"])

    def test_vintages(self):
        self.change("immigration", "2024", "same-period-last-year", "29282", "25387", "15.3")
        self.assertEqual(compute("immigration", "2024", "--as-of", "2025-03-01")["value"], "29948")

    def test_stocks(self):
        july = compute("foreign-workers", "2023-07")
        self.assertEqual(july["value"], "14702")
        parts = compute("foreign-workers-by-category", "2023-07")["breakdown"]["rows"]
        self.assertEqual(sum(int(row["value"]) for row in parts), 14702)
        sectors = {row["code"]: row for row in compute("foreign-workers-by-sector", "2023-07")["breakdown"]["rows"]}
        self.assertEqual((sectors["F"]["value"], sectors["F"]["share"]), ("5181", "35.2"))
        late = compute("foreign-workers", "2024-Q2")
        self.assertEqual(late["value"], "13088")
        self.assertTrue(late["notes"])

    def test_a_window_that_is_no_quarter(self):
        rows = compute("arrivals-by-origin", "2024-01-01/2024-05-10")["breakdown"]["rows"]
        self.assertEqual([(row["code"], row["value"], row["rank"]) for row in rows[:3]],
                         [("UZB", "1598656", 1), ("KGZ", "1015553", 2), ("RUS", "854937", 3)])
        quarter = compute("arrivals-by-origin", "2024-Q2")
        self.assertFalse((quarter["breakdown"] or {}).get("rows"))

    def test_the_portal_export_adds_up(self):
        self.assertEqual(compute("population", "2020-01-01")["value"], "18631779")

    def test_the_report_states_its_limits(self):
        out = subprocess.run([PROGRAM, "report", PACKAGE, "--format", "json"], check=True, capture_output=True,
                             text=True).stdout
        report = json.loads(out)
        kinds = {limit["kind"] for limit in report["limitations"]}
        self.assertLessEqual({"period-unavailable", "breakdown-incompatible", "methodology-not-public",
                              "periods-not-aligned"}, kinds)
        text = " ".join(limit["text"] for limit in report["limitations"] if limit["indicator"] == "immigration")
        self.assertIn("2024", text)
        self.assertTrue(report["bibliography"])

    def test_figures_of_other_periods_are_in_every_form(self):
        """An indicator without a figure for the period stands among the limitations; its other figures are not lost."""
        out = {form: subprocess.run([PROGRAM, "report", PACKAGE, "--format", form], check=True, capture_output=True,
                                    text=True).stdout for form in ("json", "csv", "text", "markdown", "html")}
        without = [i for section in json.loads(out["json"])["sections"] for i in section["indicators"]
                   if i["value"] is None and i["series"]]
        self.assertGreaterEqual({i["id"] for i in without}, {"immigration", "emigration", "kandas", "population"})
        rows = list(csv.DictReader(io.StringIO(out["csv"])))
        limits = " ".join(out["text"].split("\nLimitations\n")[1].split())
        printed = {"text": re.findall(r"^(\S.*), persons  +(.*\S)  +(\S+)$", out["text"], re.M),
                   "markdown": re.findall(r"^\| (.*), persons \| (.*) \| (\S+) \|$", out["markdown"], re.M),
                   "html": re.findall(r"<tr><th scope=\"row\">(.*), persons</th><td>(.*)</td><td class=\"n\">(\S+)</td>",
                                      out["html"])}
        for indicator in without:
            points = [(row["period"], row["value"]) for row in rows
                      if row["indicator"] == indicator["id"] and row["measure"] == "point"]
            self.assertEqual(points, [(point["period"], point["value"]) for point in indicator["series"]])
            self.assertIn(indicator["title"], limits)
            if indicator["id"] not in ("immigration-by-origin", "kandas-by-origin"):  # the points of their totals
                for form, lines in printed.items():
                    values = [value.replace(",", "").replace("\u2212", "-") for title, _, value in lines
                              if title == indicator["title"]]
                    self.assertEqual(values, [value for _, value in points], (form, indicator["id"]))

    def test_revisions_are_reported(self):
        out = subprocess.run([PROGRAM, "report", PACKAGE, "--period", "2024", "--format", "json"], check=True,
                             capture_output=True, text=True).stdout
        revised = [limit["text"] for limit in json.loads(out)["limitations"] if limit["kind"] == "revised"]
        self.assertTrue(any("29,948" in text and "29,282" in text for text in revised), revised)

    def test_checks_balance(self):
        out = subprocess.run([PROGRAM, "check", PACKAGE, "--format", "json"], capture_output=True, text=True).stdout
        rows = json.loads(out)["rows"]
        self.assertEqual(rows["in"], rows["accepted"] + rows["rejected"] + rows["not_data"])
        self.assertIn("АБАЙСКИЙ РАЙОН", out)


if __name__ == "__main__":
    unittest.main()
