"""Vintages: a table of which some quarters were published again with other figures is reported as of several days, by one ledger or in
one document of the latest. The outsider knows which quarters came again, and even which of their figures did not change.

MTM_PUBLICATIONS sets how many series are attacked (12 when it is not set), MTM_FIRST the first seed. Needs SciPy; skipped without."""
import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import publications
import test_ledger
from test_ledger import outsider, PROGRAM

MANY = int(os.environ.get("MTM_PUBLICATIONS", "12"))
FIRST = int(os.environ.get("MTM_FIRST", "0"))
DAYS = ["2024-08-15", "2024-10-15", "2024-12-15"]  # of release


class Dated(outsider.Outsider if outsider else object):
    """Cells of several vintages: those that hold on the day of the document at hand are counted."""

    day = None

    def select(self, filters, periods):
        return {cell for cell in super().select(filters, periods) if self.day in self.cells[cell]["days"]}


def revise(dice, value):
    return max(0, value + dice.choice([0, 0, 0, 1, -1, 2, -2, dice.randint(-20, 20)]))


def random_vintages(dice, cells):
    """Rows with their day of release, and one cell for each figure that differs: its members, days and value."""
    quarters = sorted({cell["period"] for cell, _ in cells})
    rows, known = [], []
    now = {tuple(cell.items()): (value, [DAYS[0]]) for cell, value in cells}
    rows += [(cell, value, DAYS[0]) for cell, value in cells]
    for day in DAYS[1:dice.randint(2, 3)]:
        again = dice.sample(quarters, dice.randint(1, len(quarters)))
        for key, (value, days) in list(now.items()):
            new = revise(dice, value) if dict(key)["period"] in again else value
            if dict(key)["period"] in again:
                rows.append((dict(key), new, day))
            if new != value:
                known.append((key, value, days))
                now[key] = (new, [day])
            else:
                days.append(day)
    known += [(key, value, days) for key, (value, days) in now.items()]
    return rows, [({**dict(key), "days": days}, value) for key, value, days in known]


@unittest.skipUnless(outsider, "needs SciPy")
class Vintages(test_ledger.Folder):
    def write(self, rows):
        folder = self.package("data", [(cell, value) for cell, value, _ in rows])
        with open(folder / "crossings.csv", newline="") as file:
            table = list(csv.reader(file))
        with open(folder / "crossings.csv", "w", newline="") as file:
            csv.writer(file).writerows([[*line, day] for line, day in zip(table, ["published"] + [day for _, _, day in rows])])
        described = json.loads((folder / "datapackage.json").read_text())
        described["resources"][0]["schema"]["fields"].append({"name": "published", "type": "string", "mtm": {"role": "release-date"}})
        (folder / "datapackage.json").write_text(json.dumps(described))
        return folder

    def attack(self, seed):
        """Documents of one table, as of the days of release in any order; what is hidden, and how many were refused."""
        dice = random.Random(seed)
        cells = publications.random_cells(dice, dice.choice([["2024-Q2"], ["2024-Q1", "2024-Q2"]]),
                                          dice.sample(publications.COUNTRIES, dice.randint(2, 6)),
                                          dice.sample(publications.REGIONS, 2), directions=("IN",))
        if not cells:
            return 0, 0, 0
        rows, known = random_vintages(dice, cells)
        if self.ledger.exists():
            self.ledger.unlink()
        data = self.write(rows)
        attacker = Dated([{**cell, "days": tuple(cell["days"])} for cell, _ in known])
        days = sorted({day for _, _, day in rows})
        dice.shuffle(days)
        found = refused = 0
        for day in days:
            catalogue = publications.random_catalogue(dice, sorted({c["citizenship"] for c, _ in cells}), sorted({c["region"] for c, _ in cells}),
                                                      tops=dice.random() < 0.3)
            path = self.catalogue("catalogue", catalogue["indicators"])
            done = subprocess.run([PROGRAM, "report", data, "--catalogue", path, "--format", "json", "--ledger", self.ledger, "--as-of", day],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                self.assertIn("nothing was made", done.stderr, seed)
                refused += 1
                continue
            before, attacker.day = list(attacker.known), day
            outsider.read_document(attacker, json.loads(done.stdout), {one["id"]: one for one in catalogue["indicators"]})
            found = self.judge(attacker, before, (seed, day), known)
        return found, refused, len(days)

    def test_as_of_several_days(self):
        counts = [self.attack(seed) for seed in range(FIRST, FIRST + MANY)]
        hidden, refused, documents = (sum(column) for column in zip(*counts))
        print(f"{MANY} series, {documents} documents, {hidden} hidden counts, {refused} documents refused", file=sys.stderr)
        self.assertGreater(hidden, MANY)
        self.assertLess(refused, documents / 4)


if __name__ == "__main__":
    unittest.main()
