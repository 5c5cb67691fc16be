"""Totals by arithmetic and sums with two readings: each case as rows and as columns of periods (docs/methodology.md)."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("MTM_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build-dev"))
MTM = BUILD / "examples/mtm/mtm"
QUARTERS = ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
UNCERTAIN = (None, "total-uncertain")


def text_of(rows, form, dimension):
    """rows: label and one figure for each quarter, None for no row."""
    if form == "wide":
        n = max(len(figures) for _, figures in rows)
        lines = [[dimension, *QUARTERS[:n]]] + [[label, *("" if f is None else str(f) for f in figures)] for label, figures in rows]
    else:
        lines = [["period", dimension, "value"]] + [[quarter, label, str(figure)] for label, figures in rows
                                                     for quarter, figure in zip(QUARTERS, figures) if figure is not None]
    return "".join(",".join(line) + "\n" for line in lines)


class Totals(unittest.TestCase):
    def computed(self, rows, form, dimension="citizenship", **mtm):
        """The value of the last quarter and its reason, the codes of the check, and the sum that the check gives."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "t.csv").write_text(text_of(rows, form, dimension), encoding="utf-8")
            resource = {"name": "t", "path": "t.csv", "mtm": {"concept": "border-crossings", "unit": "movements", "kind": "flow",
                                                              "dimensions": {"direction": "IN"}, **mtm}}
            (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [resource]}), encoding="utf-8")
            quarter = QUARTERS[len(rows[0][1]) - 1]
            done = subprocess.run([MTM, "compute", folder, "arrivals", "--period", quarter, "--format", "json"],
                                  capture_output=True, text=True)
            self.assertNotEqual(done.stdout, "", done.stderr)
            result = json.loads(done.stdout)
            check = json.loads(subprocess.run([MTM, "check", folder, "--format", "json"], capture_output=True, text=True).stdout)
            codes = {d["code"] for d in check["diagnostics"]}
            sums = sum(float(c["sum"]) for f in check["files"] for c in f["columns"] if c.get("sum") is not None)
            return (result.get("value"), result.get("reason")), codes, sums

    def case(self, rows, expected, code=None, total=None, **more):
        for form in ("long", "wide"):
            with self.subTest(form=form, rows=rows):
                value, codes, sums = self.computed(rows, form, **more)
                self.assertEqual(value, expected if isinstance(expected, tuple) else (expected, None))
                if code:
                    self.assertIn(code, codes)
                if total is not None:
                    self.assertEqual(sums, total)

    def test_labels_that_name_nobody_are_totals_by_their_figures(self):
        for label in ("Σύνολο", "-", "—", "", "ECS", "HIC", "Yhteensä"):
            self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), (label, [15, 26])], "26", "MTM-N130", 41)

    def test_one_period_with_three_parts_is_proof_and_with_two_is_none(self):
        self.case([("UZB", [20]), ("KGZ", [6]), ("TJK", [1]), ("Σύνολο", [27])], "27", "MTM-N130")
        self.case([("UZB", [20]), ("KGZ", [6]), ("Σύνολο", [26])], UNCERTAIN, "MTM-N131")
        self.case([("UZB", [20]), ("KGZ", [6]), ("-", [26])], UNCERTAIN, "MTM-N131")

    def test_a_sum_that_fails_once_proves_nothing(self):
        self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), ("Nirgendwo", [15, 4])], "30")
        self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), ("Nirgendwo", [3, 4])], "30", "MTM-N090", 48)

    def test_a_blank_that_cannot_be_the_total_is_not_stated(self):
        self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), ("", [1, 2])], "28", "MTM-N093")

    def test_a_blank_that_may_be_the_total_refuses_the_sum_and_not_the_file(self):
        self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), ("", [30, 40])], UNCERTAIN, "MTM-N131")

    def test_the_code_of_an_aggregate_is_no_country(self):
        self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), ("ECS", [12, 20])], UNCERTAIN, "MTM-N131")
        self.case([("UZB", [10, 20]), ("KGZ", [5, 6]), ("WLD", [15, 26])], "26")

    def test_zeros_prove_nothing(self):
        self.case([("UZB", [0, 20]), ("KGZ", [0, 6]), ("Σύνολο", [0, 26])], UNCERTAIN, "MTM-N131")

    def test_a_known_member_is_never_a_total(self):
        self.case([("UZB", [5, 8]), ("KGZ", [3, 6]), ("TJK", [2, 2])], "16")
        self.case([("UZB", [5, 8, 9, 4]), ("KGZ", [3, 6, 4, 1]), ("TJK", [2, 2, 5, 3])], "8", "MTM-N134")

    def test_a_printed_total_comes_first(self):
        self.case([("Total", [40, 50]), ("UZB", [10, 20]), ("KGZ", [5, 6]), ("-", [25, 24])], "50")

    def test_groups_are_held_to_their_listed_members(self):
        self.case([("CIS", [7, 7]), ("Uzbekistan", [4, 4]), ("others", [3, 3])], UNCERTAIN, "MTM-N132")
        self.case([("CIS", [4, 4]), ("Uzbekistan", [4, 4]), ("others", [3, 3])], "7")
        self.case([("Total", [9, 9]), ("CIS", [7, 7]), ("Uzbekistan", [4, 4]), ("others", [2, 2])], "9")

    def test_members_that_overlap_are_not_added(self):
        age = {"dimension": "age-group"}
        self.case([("15-24", [3, 3]), ("15-64", [10, 10]), ("65+", [2, 2])], UNCERTAIN, "MTM-N133", **age)
        self.case([("0-17", [3, 3]), ("0-4", [1, 1]), ("18+", [9, 9])], UNCERTAIN, "MTM-N133", **age)
        self.case([("0-14", [3, 3]), ("15-64", [10, 10]), ("65+", [2, 2])], "15", **age)
        self.case([("Total", [15, 15]), ("15-24", [3, 3]), ("15-64", [10, 10]), ("65+", [2, 2])], "15", **age)

    def test_rounded_figures_may_be_off_by_half_a_unit_each(self):
        rows = [("UZB", ["1.4", "2.4"]), ("KGZ", ["1.4", "2.4"]), ("TJK", ["1.4", "2.4"]), ("Σύνολο", ["4.3", "7.3"])]
        self.case(rows, "7.3", "MTM-N130", multiplier=3)

    def test_aliases_decide(self):
        rows = [("UZB", [20]), ("KGZ", [6]), ("Σύνολο", [26])]
        self.case(rows, "26", aliases={"Σύνολο": "_T"})
        self.case(rows, "52", aliases={"Σύνολο": "_O"})


if __name__ == "__main__":
    unittest.main()
