"""Controlled rounding: every count is a multiple of the threshold, all add up, and an attacker who knows the rule, but not the
figures, learns of no count more than the rule says: that it is at most `reach` away, and that a count of 0 is 0.

MTM_PUBLICATIONS sets how many publications are attacked (20 when it is not set), MTM_FIRST the first seed."""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import numpy
    import outsider
    from scipy.optimize import linprog
except ImportError:
    outsider = None
import publications
from test_ledger import FIRST, PROGRAM, Folder, row, run

MANY = int(os.environ.get("MTM_PUBLICATIONS", "20"))
T = 5


class Rounding(Folder):
    def report(self, cells, catalogue, *arguments, ledger=False, code=0, period="2024-Q2"):
        folder = self.package("data", cells, period)
        name = self.folder / "catalogue.json"
        name.write_text(json.dumps(catalogue))
        extra = ["--ledger", self.ledger] if ledger else []
        got, text, errors = run("report", folder, "--catalogue", name, "--format", "json", "--method", "rounding",
                                *extra, *arguments)
        self.assertEqual(got, code, errors)
        return json.loads(text) if code == 0 else errors


def numbers_of(document):
    for section in document["sections"]:
        for one in section["indicators"]:
            if one["value"] is not None:
                yield one, "value", one["value"]
            for comparison in one["comparisons"]:
                if comparison["base"] is not None:
                    yield one, "base", comparison["base"]
            for row_ in (one["breakdown"] or {"rows": []})["rows"]:
                if row_["value"] is not None:
                    yield one, row_["code"], row_["value"]
            for point in one["series"]:
                if point["value"] is not None:
                    yield one, point["period"], point["value"]


class Said(Rounding):
    """What a rounded document says of itself."""

    def setUp(self):
        super().setUp()
        dice = random.Random(4)
        self.cells = publications.random_cells(dice, ["2024-Q1", "2024-Q2"], publications.COUNTRIES[:6],
                                               publications.REGIONS[:3], scale=8)
        self.definitions = {"indicators": [
            publications.definition("all", {"direction": "IN"}, "citizenship", comparisons=["previous-period"]),
            publications.definition("women", {"direction": "IN", "sex": "F"}, "citizenship"),
            publications.definition("men", {"direction": "IN", "sex": "M"}, "citizenship")]}

    def test_multiples_and_sums(self):
        document = self.report(self.cells, self.definitions)
        self.assertEqual(document["disclosure"]["method"], "rounding")
        self.assertEqual(document["disclosure"]["withheld"], 0)
        self.assertTrue(list(numbers_of(document)))
        for one, where, value in numbers_of(document):
            self.assertEqual(int(value) % T, 0, (one["id"], where))
        found = {one["id"]: one for section in document["sections"] for one in section["indicators"]}
        for part in ("value",):
            self.assertEqual(int(found["all"][part]), int(found["women"][part]) + int(found["men"][part]))
        for one in found.values():
            if one["breakdown"] and one["value"]:
                self.assertEqual(sum(int(r["value"]) for r in one["breakdown"]["rows"] if r["kind"] != "group"), int(one["value"]))

    def test_shares_and_changes_are_made_of_rounded_numbers(self):
        document = self.report(self.cells, self.definitions)
        shares = changes = 0
        for section in document["sections"]:
            for one in section["indicators"]:
                for r in (one["breakdown"] or {"rows": []})["rows"]:
                    if r.get("share") is not None and int(one["value"]):
                        self.assertAlmostEqual(float(r["share"]), 100 * int(r["value"]) / int(one["value"]), delta=0.06)
                        shares += 1
                for comparison in one["comparisons"]:
                    if comparison.get("percent") is not None:
                        base = int(comparison["base"])
                        self.assertAlmostEqual(float(comparison["percent"]), 100 * (int(one["value"]) - base) / base, delta=0.06)
                        changes += 1
        self.assertGreater(shares * changes, 0)

    def test_ranks_follow_the_rounded_numbers(self):
        for section in self.report(self.cells, self.definitions)["sections"]:
            for one in section["indicators"]:
                rows = [r for r in (one["breakdown"] or {"rows": []})["rows"] if r.get("rank")]
                values = [int(r["value"]) for r in rows]
                self.assertEqual(values, sorted(values, reverse=True))
                for r in rows:
                    self.assertEqual(r["rank"], 1 + sum(value > int(r["value"]) for value in values))

    def test_it_says_so(self):
        folder = self.package("data", self.cells)
        name = self.folder / "catalogue.json"
        name.write_text(json.dumps(self.definitions))
        for language, words in (("en", "rounded to multiples of 5"), ("ru", "округлены до кратных 5"), ("kk", "5 санына еселік")):
            for form in ("text", "html", "markdown"):
                _, text, _ = run("report", folder, "--catalogue", name, "--method", "rounding", "--language", language,
                                 "--format", form)
                self.assertIn(words, " ".join(text.split()), (language, form))

    def test_the_same_data_rounds_the_same(self):
        self.assertEqual(self.report(self.cells, self.definitions), self.report(self.cells, self.definitions))

    def test_another_method_is_refused(self):
        folder = self.package("data", self.cells)
        code, _, errors = run("report", folder, "--method", "noise")
        self.assertEqual(code, 2)
        self.assertIn("suppression or rounding", errors)

    def test_a_published_number_stays(self):
        first = self.report(self.cells, {"indicators": self.definitions["indicators"][:1]}, ledger=True)
        then = self.report(self.cells, self.definitions, ledger=True)
        one = {(i["id"], where): value for i, where, value in numbers_of(first)}
        for i, where, value in numbers_of(then):
            self.assertEqual(one.get((i["id"], where), value), value)

    def test_one_ledger_has_one_method_and_threshold(self):
        self.report(self.cells, self.definitions, ledger=True)
        self.assertIn("multiples of 5", self.report(self.cells, self.definitions, "--threshold", "10", ledger=True, code=1))
        folder = self.package("data", self.cells)
        code, _, errors = run("report", folder, "--catalogue", self.folder / "catalogue.json", "--ledger", self.ledger)
        self.assertEqual(code, 1)
        self.assertIn("same method", errors)

    def test_tables(self):
        folder = self.folder / "rows"
        folder.mkdir()
        publications.write_microdata(folder, self.cells, "2024-Q2")
        resource = json.loads((folder / "datapackage.json").read_text())["resources"][0]
        (folder / "resource.json").write_text(json.dumps(resource))
        done = subprocess.run([PROGRAM, "tabulate", "--resource", folder / "resource.json", "--by", "citizenship", "--by",
                               "citizenship,sex", "--threshold", "5", "--method", "rounding", "--format", "json",
                               folder / "crossings.csv"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)["tables"]
        both = {}
        for line in found[1]["observations"]:
            self.assertEqual(int(line["value"]) % T, 0)
            key = (line["codes"]["citizenship"], line["period"])
            both[key] = both.get(key, 0) + int(line["value"])
        self.assertEqual(both, {(line["codes"]["citizenship"], line["period"]): int(line["value"])
                                for line in found[0]["observations"]})


@unittest.skipUnless(outsider, "needs SciPy")
class Attack(Rounding):
    """He knows the rule: each printed number is a multiple, at most so far from the count, and 0 is 0."""

    def intervals(self, attacker, shown, reach, some):
        n = len(attacker.cells)
        matrix = outsider.matrix([key for key, _ in shown], n)
        right = numpy.array([value for _, value in shown], dtype=float)
        both = outsider.vstack([matrix, -matrix]).tocsr()
        limits = numpy.concatenate([right + reach, reach - right])
        for key, value in some:
            goal = numpy.zeros(n)
            for cell, sign in key:
                goal[cell] = sign
            ends = []
            for direction in (1, -1):
                done = linprog(direction * goal, A_ub=both, b_ub=limits, bounds=(0, None), method="highs")
                self.assertIn(done.status, (0, 3, 4))
                ends.append(direction * done.fun if done.status == 0 else float("inf"))
            yield key, value, ends

    def test_random_publications(self):
        seen = fallen_back = 0
        for seed in [638, *range(FIRST, FIRST + MANY)]:  # 638: the remainder of a cut list was further off than was said
            cells, catalogue, period = publications.random_publication(seed)
            document = self.report(cells, catalogue)
            if document["disclosure"] is None:
                continue
            if document["disclosure"]["method"] != "rounding":
                fallen_back += 1
                continue
            attacker = outsider.Outsider([cell for cell, _ in cells])
            attacker.reads_sums = False
            outsider.read_document(attacker, document, {i["id"]: i for i in catalogue["indicators"]})
            self.assertFalse(attacker.hidden, seed)
            shown = [(key, value) for key, value in attacker.known if key and all(sign == 1 for _, sign in key)]
            reach = 0
            for key, value in shown:
                true = sum(cells[cell][1] for cell, _ in key)
                self.assertEqual(value % T, 0, seed)
                reach = max(reach, abs(value - true))
            said = [re.search(r"at most (\d+) from the true", one["text"]) for one in document["limitations"]]
            self.assertLessEqual(reach, int(next(filter(None, said))[1]), seed)
            small = [(key, value) for key, value in shown if 0 < sum(cells[cell][1] for cell, _ in key) < T]
            some = random.Random(seed).sample(small, min(len(small), 6))
            for key, value, (least, most) in self.intervals(attacker, shown, T + 1, some):
                self.assertLessEqual(least, max(0 if value == 0 else 1, value - T - 1) + 0.5, (seed, value))
                self.assertGreaterEqual(most, value + T - 0.5, (seed, value))
                seen += 1
        self.assertGreater(seen, MANY * 3 // 4)
        self.assertLess(fallen_back, MANY // 4 + 1)


if __name__ == "__main__":
    unittest.main()
