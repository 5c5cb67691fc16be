"""Tables counted from microdata: stamped where every count is written, protected with --threshold, together with a ledger.

MTM_PUBLICATIONS sets how many sets of tables are attacked (20 when it is not set), MTM_FIRST the first seed."""
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
import publications
from test_ledger import FIRST, PROGRAM, THRESHOLD, Folder, run

MANY = int(os.environ.get("MTM_PUBLICATIONS", "20"))
AXES = ["direction", "citizenship", "sex", "region"]


class Tables(Folder):
    def microdata(self, cells):
        folder = self.folder / "data"
        folder.mkdir(exist_ok=True)
        publications.write_microdata(folder, cells, "2024-Q2")
        resource = json.loads((folder / "datapackage.json").read_text())["resources"][0]
        (folder / "resource.json").write_text(json.dumps(resource))
        return folder

    def tabulate(self, folder, groupings, *arguments, form="json", code=0):
        by = [one for grouping in groupings for one in ("--by", ",".join(grouping))]
        done = subprocess.run([PROGRAM, "tabulate", "--resource", folder / "resource.json", *by, "--format", form,
                               *arguments, folder / "crossings.csv"], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if form == "json" and code == 0 else done.stdout + done.stderr

    def read(self, attacker, found, groupings):
        for table, grouping in zip(found["tables"], groupings):
            for line in table["observations"]:
                members = {name: line["codes"][name] for name in grouping}
                cells = attacker.select(members, [line["period"]])
                value = None if line["value"] is None else int(line["value"])
                attacker.number((tuple(grouping), *members.values(), line["period"]), [(1, cells)], value)
                attacker.named.add(frozenset((cell, 1) for cell in cells))


class Stamp(Tables):
    def setUp(self):
        super().setUp()
        dice = random.Random(5)
        self.folder_of = self.microdata(publications.random_cells(dice, ["2024-Q2"], publications.COUNTRIES[:5],
                                                                  publications.REGIONS[:3], scale=4))

    def test_as_they_are(self):
        found = self.tabulate(self.folder_of, [["direction"]])
        self.assertEqual(found["publication"], "not-for-publication")
        for form in ("text", "csv"):
            self.assertIn("Not for publication", self.tabulate(self.folder_of, [["direction"]], form=form))

    def test_protected(self):
        found = self.tabulate(self.folder_of, [["citizenship"], ["citizenship", "region"]], "--threshold", "5")
        self.assertEqual((found["publication"], found["disclosure"]),
                         ("open", {"threshold": 5, "protected_within": "document"}))
        values = [int(line["value"]) for table in found["tables"] for line in table["observations"]
                  if line["value"] is not None]
        self.assertEqual([value for value in values if 0 < value < 5], [])
        self.assertTrue(any(line["status"] == "Q" for table in found["tables"] for line in table["observations"]))

    def test_with_a_ledger_of_reports(self):
        name = self.catalogue("men", [publications.definition("men", {"sex": "M"}, "citizenship")])
        code, text, errors = run("compute", self.folder_of, "men", "--catalogue", name, "--ledger", self.ledger,
                                 "--format", "json")
        self.assertEqual(code, 0, errors)
        found = self.tabulate(self.folder_of, [["citizenship"]], "--threshold", "5", "--ledger", self.ledger)
        self.assertEqual(found["disclosure"]["protected_within"], "ledger")
        self.assertEqual(json.loads(self.ledger.read_text().strip().split("\n")[-1])["publications"], 2)

    def test_a_ledger_needs_a_threshold(self):
        self.assertIn("--ledger", self.tabulate(self.folder_of, [["direction"]], "--ledger", self.ledger, code=2))


@unittest.skipUnless(outsider, "needs SciPy")
class Attack(Tables):
    def test_random_tables(self):
        hidden = 0
        for seed in range(FIRST, FIRST + MANY):
            dice = random.Random(seed)
            countries = dice.sample(publications.COUNTRIES, dice.randint(2, 8))
            regions = dice.sample(publications.REGIONS, dice.randint(2, 4))
            periods = dice.choice([["2024-Q2"], ["2024-Q1", "2024-Q2"]])
            cells = publications.random_cells(dice, periods, countries, regions, scale=dice.choice([2, 4, 8, 20]))
            folder = self.microdata(cells)
            cells = publications.all_cells(cells)
            values = [value for _, value in cells]
            attacker = outsider.Outsider([cell for cell, _ in cells])
            if self.ledger.exists():
                self.ledger.unlink()
            finest = sorted(dice.sample(AXES, dice.randint(1, 4)), key=AXES.index)  # crosses all that is printed
            for number in range(dice.randint(1, 3)):
                groupings = [finest] if number == 0 else []
                for _ in range(dice.randint(1, 3)):
                    grouping = sorted(dice.sample(finest, dice.randint(1, len(finest))), key=AXES.index)
                    groupings += [grouping] if grouping not in groupings else []
                dice.shuffle(groupings)
                done = subprocess.run([PROGRAM, "tabulate", "--resource", folder / "resource.json",
                                       *[one for g in groupings for one in ("--by", ",".join(g))], "--format", "json",
                                       "--threshold", "5", "--ledger", self.ledger, folder / "crossings.csv"],
                                      capture_output=True, text=True)
                if done.returncode != 0:
                    self.assertIn("earlier publication", done.stderr, seed)
                    continue
                before = list(attacker.known)
                self.read(attacker, json.loads(done.stdout), groupings)
                for key, value in attacker.known:
                    self.assertEqual(sum(sign * cells[cell][1] for cell, sign in key), value, seed)
                ignorant = outsider.Outsider(attacker.cells)
                ignorant.known, ignorant.hidden = before, attacker.hidden
                for least in ([], [(key, 1) for key in sorted(attacker.named, key=sorted)]):
                    base = ignorant.printed_parts(least) if not before else {
                        name: ends[0] for name, ends in ignorant.solve(least=least).items()}
                    found = attacker.solve(least=least)
                    large = outsider.large_names(attacker.hidden, values, THRESHOLD) if before else ()
                    exact, narrowed = outsider.judge(found, THRESHOLD, base, large)
                    self.assertEqual((exact, narrowed), ([], []), (seed, [(n, found[n], base.get(n)) for n in narrowed]))
                hidden += len(found)
        self.assertGreater(hidden, MANY)


if __name__ == "__main__":
    unittest.main()
