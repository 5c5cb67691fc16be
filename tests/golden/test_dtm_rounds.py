"""Rounds of mobility tracking through the command line: every answer about rounds of dtm/made-expected.tsv, which was computed
apart from the library; and what must hold of any rounds."""
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build")) / "examples/mtm/mtm"
DATA = SOURCE / "tests/golden/dtm"
FILE = "made-mobility-tracking.csv"
COUNTRYWIDE = "Countrywide monitoring"
HEADER = ["operation", "admin0Pcode", "admin1Name", "admin1Pcode", "admin2Name", "admin2Pcode", "adminLevel", "numPresentIdpInd",
          "reportingDate", "roundNumber", "displacementReason", "assessmentType"]


def write_package(folder, files, **mtm):
    """A package of one resource a file; mtm stands under each of them."""
    resources = []
    for number, (name, text) in enumerate(files.items()):
        (folder / name).write_text(text, encoding="utf-8")
        resources.append({"name": f"rounds-{number}", "path": name, "mtm": {"concept": "displacement", "publisher": "IOM", **mtm}})
    (folder / "datapackage.json").write_text(json.dumps({"name": "rounds", "resources": resources}), encoding="utf-8")


def compute(folder, indicator, period):
    out = subprocess.run([PROGRAM, "compute", folder, indicator, "--period", period, "--top", "all", "--format", "json"],
                         check=False, capture_output=True, text=True)
    assert out.returncode in (0, 1), out.stderr
    return json.loads(out.stdout)


def rows_of(result):
    return {row["code"]: row["value"] for row in result["breakdown"]["rows"]} if result["breakdown"] else {}


def answers():
    with open(DATA / "made-expected.tsv", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["file"] == FILE]


@unittest.skipUnless(PROGRAM.exists(), "the program is not built")
class Package(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)


class Expected(Package):
    def made(self, **mtm):
        write_package(self.folder, {FILE: (DATA / FILE).read_text(encoding="utf-8")}, **mtm)

    def test_every_row_is_looked_at(self):
        kinds = [re.match(r"stock:|stock of|change|reason", row["question"]) for row in answers()]
        self.assertEqual(len(kinds), 15)
        self.assertTrue(all(kinds))

    def test_stocks_by_round_and_type(self):
        seen = 0
        for row in answers():
            asked = re.match(r"stock: (.*), round (\d+), ([\d-]+), (\w+); areas$", row["question"])
            if asked is None:
                continue
            value, areas = row["answer"].split("; ")
            operation, number, date, kind = asked.groups()
            self.made(prefer={"operation": operation, "assessment-type": kind})
            found = compute(self.folder, "idps", f"{date}/{date}")
            here = [code for code, figure in rows_of(found).items() if figure is not None]
            self.assertEqual((found["value"], sorted(here)), (value, areas.split()), row["question"])
            self.assertEqual(compute(self.folder, "areas-assessed", f"{date}/{date}")["value"], str(len(here)))
            self.assertIn(f"Round {number} of “{operation}”", " ".join(found["notes"]))
            seen += 1
        self.assertEqual(seen, 8)

    def test_changes_from_round_to_round(self):
        dates = {"1": "2023-09-30", "2": "2023-12-31", "3": "2024-03-31", "4": "2024-05-31", "5": "2024-08-31"}
        self.made(prefer={"operation": COUNTRYWIDE})
        seen = 0
        for row in answers():
            asked = re.match(r"change round (\d) -> (\d)", row["question"])
            if asked is None:
                continue
            said = re.match(r"coverage-differs; in ([\w ]+): (-?[\d.]+) % \((\d+) -> (\d+)\)", row["answer"])
            gone, fresh = re.match(r"only before: (.*); only after: (.*)", row["note"]).groups()
            after = dates[asked.group(2)]
            found = compute(self.folder, "idps", f"{after}/{after}")
            previous = found["comparisons"][0]
            like = previous["like_for_like"]
            self.assertEqual((previous["period"], previous["reason"], previous["percent"]), (dates[asked.group(1)], "extent-differs", None))
            self.assertEqual((like["percent"], like["base"], like["value"], like["common"]),
                             (said.group(2), said.group(3), said.group(4), len(said.group(1).split())), row["question"])
            parts = rows_of(compute(self.folder, "idps-change", f"{after}/{after}"))
            self.assertEqual(int(parts["COMMON"]), int(said.group(4)) - int(said.group(3)))
            self.assertEqual((parts["FRESH"] != "0", parts["GONE"] != "0"), (fresh != "none", gone != "none"))
            seen += 1
        self.assertEqual(seen, 4)

    def test_types_that_agree_are_one(self):
        self.made(prefer={"operation": COUNTRYWIDE})
        wanted = next(row["answer"] for row in answers() if row["question"] == "stock of Countrywide monitoring, round 3")
        self.assertEqual(compute(self.folder, "idps", "2024-Q1")["value"], wanted)

    def test_operations_stand_side_by_side(self):
        self.made()
        found = compute(self.folder, "idps", "2024-Q2")
        self.assertEqual((found["value"], found["reason"]), (None, "ambiguous-source"))
        self.assertEqual([(row["label"], row["value"]) for row in found["breakdown"]["rows"]],
                         [("Countrywide monitoring, Baseline assessment, round 4", "65033"), ("Flood (May 2024), Site assessment, round 2", "2204")])

    def test_letter_case_makes_no_reason(self):
        self.made(prefer={"operation": COUNTRYWIDE})
        found = compute(self.folder, "idps-by-reason", "2023-Q4")
        self.assertEqual(sorted(rows_of(found)), ["CONFLICT", "CONFLICT; DISASTER", "DISASTER"])
        self.assertEqual(sum(map(int, rows_of(found).values())), int(found["value"]))


class Invariants(Package):
    """Whatever the figures are."""

    def rounds(self, draw, n):
        """Rows of n rounds of some of six areas, each with two to four places, at all three levels; and the true figures."""
        rows, truth = [], []
        for number in range(1, n + 1):
            date = f"{2020 + number // 4}-{3 * (number % 4) + 1:02d}-15"
            areas = {f"XX{area:02d}": {f"XX{area:02d}{place:02d}": draw.randrange(0, 5000) for place in range(1, draw.randrange(3, 6))}
                     for area in sorted(draw.sample(range(1, 7), draw.randrange(2, 7)))}
            total = sum(sum(places.values()) for places in areas.values())
            lines = [("", "", 0, total)]
            for area, places in areas.items():
                lines.append((area, "", 1, sum(places.values())))
                lines += [(area, place, 2, figure) for place, figure in places.items()]
            rows += [[COUNTRYWIDE, "XXX", a and "A " + a, a, p and "P " + p, p, level, figure, date, number, "Conflict", "BA"]
                     for a, p, level, figure in lines]
            truth.append((date, total, areas))
        return rows, truth

    def text(self, rows):
        return "\n".join(",".join(map(str, row)) for row in [HEADER, *rows]) + "\n"

    def test_levels_are_one_tree_and_rounds_are_never_added(self):
        draw = random.Random(7)
        for _ in range(6):
            rows, truth = self.rounds(draw, 3)
            draw.shuffle(rows)
            for levels in ((0, 1, 2), (1, 2), (2,), (0, 1)):
                write_package(self.folder, {"r.csv": self.text([row for row in rows if row[6] in levels])})
                date, total, areas = draw.choice(truth)
                found = compute(self.folder, "idps", f"{date}/{date}")
                here = {code: int(value) for code, value in rows_of(found).items() if value is not None}
                self.assertEqual(found["value"], str(total), levels)
                self.assertEqual(here, {area: sum(places.values()) for area, places in areas.items()}, levels)
                self.assertEqual(len(found["series"]), 1 + [one[0] for one in truth].index(date))
                if 2 in levels:
                    second = rows_of(compute(self.folder, "idps-by-admin2", f"{date}/{date}"))
                    self.assertEqual(sum(int(value) for value in second.values() if value is not None), total)

    def test_one_file_a_round_or_a_level_is_as_good_as_one_file(self):
        draw = random.Random(11)
        rows, truth = self.rounds(draw, 3)
        date, total, _ = truth[-1]
        whole, parts = None, []
        for key in (lambda row: 0, lambda row: row[9], lambda row: row[6]):
            for old in self.folder.glob("*.csv"):
                old.unlink()
            files = {}
            for row in rows:
                files.setdefault(f"part-{key(row)}.csv", []).append(row)
            write_package(self.folder, {name: self.text(some) for name, some in files.items()})
            found = compute(self.folder, "idps", f"{date}/{date}")
            parts.append((found["value"], rows_of(found), found["series"], found["comparisons"]))
            whole = whole or parts[0]
        self.assertEqual(whole[0], str(total))
        self.assertEqual(parts, [whole] * 3)

    def test_areas_of_one_frame_are_compared_as_they_are(self):
        rows, truth = self.rounds(random.Random(3), 1)
        later = [[*row[:7], int(row[7]) * 2, "2021-03-31", 2, *row[10:]] for row in rows]
        write_package(self.folder, {"r.csv": self.text(rows + later)})
        previous = compute(self.folder, "idps", "2021-Q1")["comparisons"][0]
        self.assertEqual((previous["base"], previous["percent"], previous["reason"]), (str(truth[0][1]), "100.0", None))
        self.assertNotIn("like_for_like", previous)

    def test_two_types_that_differ_are_not_added(self):
        rows, _ = self.rounds(random.Random(5), 1)
        other = [[*row[:7], int(row[7]) + 1, *row[8:11], "SA"] for row in rows]
        write_package(self.folder, {"r.csv": self.text(rows + other)})
        found = compute(self.folder, "idps", rows[0][8] + "/" + rows[0][8])
        self.assertEqual((found["value"], found["reason"], len(found["breakdown"]["rows"])), (None, "ambiguous-source", 2))

    def test_days_of_interviews_are_one_round(self):
        rows = [[COUNTRYWIDE, "XXX", f"A {n}", f"XX{n:02d}", "", "", 1, 100 * n, f"2022-03-{10 + n}", 4, "Conflict", "BA"] for n in range(1, 9)]
        write_package(self.folder, {"r.csv": self.text(rows)})
        found = compute(self.folder, "idps", "2022-Q1")
        self.assertEqual((found["value"], found["observed"]), ("3600", "2022-03-18"))


if __name__ == "__main__":
    unittest.main()
