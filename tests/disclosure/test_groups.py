"""Country groups: as filters of lists (within, outside), and as rows of the source, which says how many came from the CIS, or in all,
and names only some of the countries. An outsider who knows who is in a group solves for what is withheld.

MTM_PUBLICATIONS sets how many documents are attacked (12 when it is not set), MTM_FIRST the first seed. Needs SciPy; skipped without."""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import outsider
except ImportError:
    outsider = None
import publications

PROGRAM = pathlib.Path(os.environ.get("MTM_BUILD", "build")) / "examples" / "mtm" / "mtm"
MANY = int(os.environ.get("MTM_PUBLICATIONS", "12"))
FIRST = int(os.environ.get("MTM_FIRST", "0"))
THRESHOLD = 5
OTHERS = {"_C": "CIS", "_R": "Total"}  # those whom no row of their own names, and the row that counts them


def random_definitions(dice, periods):
    """Lists of all, of groups and of the rest, for one sex or region at times, and cut at times."""
    found = []
    for _ in range(dice.randint(2, 7)):
        filters = {"direction": "IN"}
        if dice.random() < 0.4:
            filters["sex"] = dice.choice(publications.SEXES)
        one = publications.definition(f"list-{len(found)}", filters, "citizenship", top=dice.choice([None, None, 1, 2, 3]),
                                      comparisons=["previous-period"] if len(periods) > 1 and dice.random() < 0.5 else [])
        if dice.random() < 0.7:
            one[dice.choice(["within", "outside"])] = dice.choice(list(outsider.GROUPS))
        found.append(one)
    return found


def add_sums(dice, cells, parts):
    """Rows of the source: each country, and the groups and totals that are printed beside them."""
    rows = [(cell, value) for cell, value in cells if cell["citizenship"] not in OTHERS]
    for label in parts:
        sums = {}
        for cell, value in cells:
            if label == "Total" or cell["citizenship"] in outsider.GROUPS[label]:
                key = tuple(pair for pair in cell.items() if pair[0] != "citizenship")
                sums[key] = sums.get(key, 0) + value
        rows += [({**dict(key), "citizenship": label}, value) for key, value in sums.items()]
    dice.shuffle(rows)
    return rows


def unnamed_members(cells, parts):
    """Of each group with rows a member that no row names: that nobody came from there is not printed."""
    named = {cell["citizenship"] for cell, _ in cells}
    around = {tuple((name, value) for name, value in cell.items() if name != "citizenship") for cell, _ in cells}
    absent = sorted({code for label in parts for code in outsider.GROUPS.get(label, []) if code not in named} - set(OTHERS))
    return [({**dict(members), "citizenship": code}, 0) for members in sorted(around) for code in absent]


def random_publication(seed, parts=None):
    """parts: the groups and the total that have rows; some when it is None."""
    dice = random.Random(seed)
    periods = dice.choice([["2024-Q2"], ["2024-Q1", "2024-Q2"]])
    countries = dice.sample(publications.COUNTRIES, dice.randint(3, 9))
    parts = parts or dice.choice([[], ["Total"], ["CIS", "Total"]])
    whole = countries + [code for code, label in OTHERS.items() if label in parts]
    cells = publications.random_cells(dice, periods, whole, dice.sample(publications.REGIONS, 2), directions=("IN",)) or []
    return dice, cells, add_sums(dice, cells, parts), random_definitions(dice, periods)


@unittest.skipUnless(outsider, "needs SciPy")
class Groups(unittest.TestCase):
    def publish(self, rows, definitions, country="KAZ"):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            publications.write_package(folder, rows, "2024-Q2")
            described = json.loads((folder / "datapackage.json").read_text())
            if any(row["citizenship"] == "Total" for row, _ in rows):
                described["resources"][0]["mtm"]["partsAreSelection"] = ["citizenship"]
            described["mtm"]["country"] = country
            (folder / "datapackage.json").write_text(json.dumps(described))
            (folder / "catalogue.json").write_text(json.dumps({"indicators": definitions}))
            return subprocess.run([PROGRAM, "report", folder, "--catalogue", folder / "catalogue.json", "--format", "json"],
                                  capture_output=True, text=True)

    def test_groups_as_filters_and_as_rows(self):
        self.assertGreater(self.attack(range(FIRST, FIRST + MANY)), MANY // 2)

    def test_rests_of_groups_are_part_of_the_rest_of_all(self):
        """These told a count of at least 2, and one that was not small of at least 11."""
        self.assertGreater(self.attack([1300036, 700615]), 0)

    def test_groups_within_and_across_groups(self):
        hidden = 0
        for number, parts in enumerate((["CIS", "EAEU", "Total"], ["CIS", "CENTRAL-ASIA", "Total"], ["CIS", "EU", "Total"],
                                        ["EAEU", "CENTRAL-ASIA", "EU", "CIS", "Total"])):
            hidden += self.attack(range(FIRST + number * 10000000, FIRST + number * 10000000 + (MANY + 3) // 4), parts)
        self.assertGreater(hidden, MANY // 2)

    def test_foreigners_beside_all(self):
        """Lists of foreigners, which leave the country's own citizens out, beside lists that have them."""
        self.attack(range(FIRST + 50000000, FIRST + 50000000 + MANY), country="RUS")

    def test_large_counts_are_no_differences_of_few(self):
        """Totals less a group were taken for the rows of one contributor, and withheld."""
        cells = [({"period": "2024-Q2", "direction": "IN", "citizenship": country, "sex": sex, "region": "KZ10"}, 100 + 7 * number)
                 for number, country in enumerate(["RUS", "UZB", "CHN", "DEU"]) for sex in "FM"]
        definitions = [publications.definition(f"list-{group.lower()}", {"direction": "IN"}, "citizenship") | {"outside": group}
                       for group in ("CIS", "CENTRAL-ASIA", "EU")]
        for parts in ([], ["Total"], ["CIS", "Total"]):
            document = json.loads(self.publish(add_sums(random.Random(1), cells, parts), definitions).stdout)
            for section in document["sections"]:
                for one in section["indicators"]:
                    self.assertNotEqual(one.get("reason"), "suppressed", (parts, one["id"]))
                    self.assertNotIn(None, [row["value"] for row in (one["breakdown"] or {"rows": []})["rows"]])

    def attack(self, seeds, parts=None, country=None):
        """country: the package's, whose citizens every second list leaves out."""
        hidden = refused = 0
        for seed in seeds:
            dice, cells, rows, definitions = random_publication(seed, parts)
            if not cells:
                continue
            for one in definitions:
                if country is not None and "within" not in one and dice.random() < 0.5:
                    one["foreigners"] = True
            done = self.publish(rows, definitions, country or "KAZ")
            if done.returncode != 0:
                self.assertIn("nothing was made", done.stderr, seed)
                refused += 1
                continue
            cells += unnamed_members(cells, parts or [])
            attacker = outsider.Outsider([cell for cell, _ in cells])
            attacker.country = country
            outsider.read_document(attacker, json.loads(done.stdout), {one["id"]: one for one in definitions})
            for key, value in attacker.known:
                self.assertEqual(sum(sign * cells[cell][1] for cell, sign in key), value, seed)
            found = attacker.solve()
            exact, narrowed = outsider.judge(found, THRESHOLD)
            self.assertEqual((exact, narrowed), ([], []), (seed, [(name, found[name]) for name in exact + narrowed]))
            hidden += len(found)
        print(f"{len(seeds)} documents, {hidden} hidden counts, {refused} refused", file=sys.stderr)
        return hidden


if __name__ == "__main__":
    unittest.main()
