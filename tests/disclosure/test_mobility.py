"""Rounds of mobility tracking that are confidential: lists by place, sex and reason, against the outsider.

MTM_PUBLICATIONS sets how many packages are attacked (20 when it is not set), MTM_FIRST the first seed."""
import json
import os
import pathlib
import random
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import outsider
except ImportError:
    outsider = None
from test_ledger import FIRST, PROGRAM, THRESHOLD, Folder

MANY = int(os.environ.get("MTM_PUBLICATIONS", "20"))
ROUNDS = {"2024-Q2": "2024-06-30", "2024-Q3": "2024-09-30", "2024-Q4": "2024-12-31"}
REASONS = {"CONFLICT": "Conflict", "DISASTER": "Natural disaster"}
LISTS = {"idps": "adm1", "idps-by-admin1": "adm1", "idps-by-admin2": "adm2", "idps-by-reason": "reason",
         "idps-by-sex-age": "sex"}
NO_NUMBER_OF_PEOPLE = ["idps-change", "areas-assessed", "returns-rate"]


def random_rounds(dice):
    """Cells and their values; a place that is listed is listed by both sexes."""
    first = [f"XX{n:02d}" for n in range(1, dice.randint(2, 4) + 1)]
    second = [f"{one}{n:02d}" for one in first for n in range(1, dice.randint(1, 4) + 1)]
    size = dice.choice([1, 3, 20])
    return [({"period": day, "adm1": place[:4], "adm2": place, "reason": reason, "sex": sex},
             int(size * dice.paretovariate(0.8) * dice.random()))
            for day in ROUNDS.values() for place in second if dice.random() < 0.9
            for reason in dice.sample(list(REASONS), dice.choice([1, 2])) for sex in "FM"]


class Rounds(Folder):
    def write(self, cells, confidential=True):
        folder = self.folder / "rounds"
        folder.mkdir(exist_ok=True)
        lines = ["admin0Pcode,admin1Pcode,admin1Name,admin2Pcode,admin2Name,adminLevel,numPresentIdpInd,numberFemales,"
                 "numberMales,reportingDate,roundNumber,displacementReason"]
        for (cell, women), (_, men) in zip(cells[::2], cells[1::2]):
            number = 5 + list(ROUNDS.values()).index(cell["period"])
            lines.append(f"XXX,{cell['adm1']},{cell['adm1']},{cell['adm2']},{cell['adm2']},2,{women + men},{women},{men},"
                         f"{cell['period']},{number},{REASONS[cell['reason']]}")
        (folder / "rounds.csv").write_text("\n".join(lines) + "\n")
        (folder / "datapackage.json").write_text(json.dumps({
            "name": "rounds", "mtm": {"period": "2024-Q4"}, "resources": [{
                "name": "rounds", "path": "rounds.csv",
                "mtm": {"concept": "displacement", "component": "mobility-tracking", "publisher": "Office",
                        "publish": {"level": 2}, "confidential": confidential}}]}))
        return folder

    def report(self, folder, *arguments):
        done = subprocess.run([PROGRAM, "report", folder, "--format", "json", *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            self.assertIn("earlier publication", done.stderr)
            return None
        return json.loads(done.stdout)

    def indicators(self, document):
        return {one["id"]: one for section in document["sections"] for one in section["indicators"]}


class Small(Rounds):
    """One man among many in two places."""

    def setUp(self):
        super().setUp()
        place = {"period": "2024-12-31", "adm1": "XX01", "reason": "CONFLICT"}
        self.cells = [({**place, "adm2": f"XX01{n:02d}", "sex": sex}, value)
                      for n, values in enumerate([(40, 1), (60, 70), (80, 90)], 1) for sex, value in zip("FM", values)]
        self.cells += [({**place, "adm2": "XX0104", "sex": sex}, value) for sex, value in zip("FM", (2, 1))]

    def test_a_small_place_is_withheld(self):
        found = self.indicators(self.report(self.write(self.cells)))
        rows = {row["code"]: row["value"] for row in found["idps-by-admin2"]["breakdown"]["rows"]}
        self.assertIsNone(rows["XX0104"])
        self.assertGreater(list(rows.values()).count(None), 1)

    def test_what_is_no_number_of_people_is_withheld(self):
        before = [({**cell, "period": "2024-09-30"}, value + 7) for cell, value in self.cells]
        found = self.indicators(self.report(self.write(before + self.cells)))
        for name in NO_NUMBER_OF_PEOPLE[:2]:
            self.assertEqual((found[name]["value"], found[name]["reason"], found[name]["breakdown"]), (None, "suppressed", None))
        self.assertTrue(all("like_for_like" not in one or one["like_for_like"] is None for one in found["idps"]["comparisons"]))

    def test_operations_side_by_side(self):
        folder = self.write(self.cells)
        lines = (folder / "rounds.csv").read_text().strip().split("\n")
        both = [lines[0] + ",operation"] + [f"{line},{name}" for name in ("One", "Two") for line in lines[4 if name == "Two" else 1:]]
        (folder / "rounds.csv").write_text("\n".join(both) + "\n")
        document = self.report(folder)
        rows = [row["value"] for one in self.indicators(document).values() if one["breakdown"] for row in one["breakdown"]["rows"]]
        self.assertTrue(rows)
        self.assertEqual([value for value in rows if value is not None and 0 < int(value) < THRESHOLD], [])

    def test_published_rounds_are_printed(self):
        found = self.indicators(self.report(self.write(self.cells, confidential=False)))
        rows = {row["code"]: row["value"] for row in found["idps-by-admin2"]["breakdown"]["rows"]}
        self.assertEqual(rows["XX0104"], "3")


@unittest.skipUnless(outsider, "needs SciPy")
class Attack(Rounds):
    def read(self, attacker, document):
        found = self.indicators(document)
        for name in NO_NUMBER_OF_PEOPLE:
            self.assertIsNone(found[name]["value"])
        for name, dimension in LISTS.items():
            one = found[name]
            if one["observed"] is None:
                continue
            day = one["observed"]
            attacker.number((name, "value", day), [(1, attacker.select({}, [day]))], outsider.number_of(one["value"]))
            for comparison in one["comparisons"]:
                self.assertIsNone(comparison.get("like_for_like"))
                if comparison["base"] is not None or comparison["reason"] == "suppressed":
                    day = comparison["period"]
                    attacker.number((name, "base", day), [(1, attacker.select({}, [day]))], outsider.number_of(comparison["base"]))
            self.assertEqual(one["series"], [])
            for row in (one["breakdown"] or {"rows": []})["rows"]:
                if row["kind"] == "code" and (row["value"] is not None or row["status"] == "Q"):
                    here = attacker.select({dimension: row["code"]}, [one["observed"]])
                    attacker.number((name, one["observed"], row["code"]), [(1, here)], outsider.number_of(row["value"]))

    def test_random_rounds(self):
        hidden = 0
        for seed in range(FIRST, FIRST + MANY):
            dice = random.Random(seed)
            cells = random_rounds(dice)
            folder = self.write(cells)
            attacker = outsider.Outsider([cell for cell, _ in cells])
            self.ledger.unlink(missing_ok=True)
            for period in dice.sample(list(ROUNDS), dice.randint(1, 3)):
                document = self.report(folder, "--period", period, "--ledger", self.ledger)
                if document is None:
                    continue
                before = list(attacker.known)
                self.read(attacker, document)
                self.judge(attacker, before, (seed, period), cells)
            hidden += len(attacker.hidden)
        self.assertGreater(hidden, MANY)


if __name__ == "__main__":
    unittest.main()
