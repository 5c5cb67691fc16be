"""Amounts: who contributed decides what is withheld, and how closely it may be told. The attacker is the second largest
contributor of a cell, who knows his own amount, or a reader who knows nothing but that amounts are not below 0.

MTM_PUBLICATIONS sets how many packages are attacked (20 when it is not set), MTM_FIRST the first seed."""
import json
import math
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
from test_ledger import FIRST, PROGRAM, Folder, run

MANY = int(os.environ.get("MTM_PUBLICATIONS", "20"))
AXES = ["direction", "citizenship", "sex", "region"]


def tops(amounts):
    ordered = sorted(amounts, reverse=True) + [0, 0]
    return len(amounts), ordered[0], ordered[1]


def margin(amounts, p=15, k=0, threshold=5):
    """How far the sum must be able to move, by the rules as docs/disclosure.md states them."""
    n, first, second = tops(amounts)
    total = sum(amounts)
    if total == 0:
        return 0
    found = math.ceil(total * p / 100) if n < threshold else max(0, math.ceil(first * p / 100) - (total - first - second))
    if k:
        found = max(found, math.ceil((first + second) * 100 / k) - total)
    return found


def random_transfers(dice, countries, regions):
    """Cells with the amounts of each transfer: many small ones, and at times one that is most of the cell."""
    found = []
    for country in countries:
        for sex in publications.SEXES:
            for region in regions:
                if dice.random() < 0.2:
                    continue
                amounts = [dice.randint(10, 500) for _ in range(dice.choice([1, 2, 4, 6, 12, 30]))]
                if dice.random() < 0.3:
                    amounts.append(dice.randint(1000, 60000))
                found.append(({"period": "2024-Q2", "direction": "IN", "citizenship": country, "sex": sex,
                               "region": region}, amounts))
    return found


class Money(Folder):
    def write(self, cells):
        """Microdata with a column of amounts."""
        folder = self.folder / "data"
        folder.mkdir(exist_ok=True)
        publications.write_microdata(folder, [(cell, len(amounts)) for cell, amounts in cells], "2024-Q2")
        lines = (folder / "crossings.csv").read_text().strip().split("\n")
        amounts = [amount for _, of in cells for amount in of]
        self.assertEqual(len(lines) - 1, len(amounts))
        (folder / "crossings.csv").write_text(lines[0] + ",amount\n" + "".join(
            f"{line},{amount}\n" for line, amount in zip(lines[1:], amounts)))
        resource = json.loads((folder / "datapackage.json").read_text())["resources"][0]
        resource["schema"]["fields"].append({"name": "amount", "type": "number", "mtm": {"role": "ignore"}})
        (folder / "resource.json").write_text(json.dumps(resource))
        return folder

    def table(self, cells, contributors=True):
        """A confidential table of amounts, with or without who contributed."""
        folder = self.folder / "table"
        folder.mkdir(exist_ok=True)
        names = ["period", "citizenship", "sex", "region"]
        said = ["people", "first", "second"]
        with open(folder / "money.csv", "w", encoding="utf-8") as out:
            out.write(",".join(names + ["usd"] + said) + "\n")
            for cell, amounts in cells:
                out.write(",".join([cell[name] for name in names] + [str(sum(amounts))] + [str(n) for n in tops(amounts)]) + "\n")
        fields = [{"name": "period", "mtm": {"role": "period"}}]
        fields += [{"name": name, "mtm": {"role": "dimension", "dimension": name}} for name in names[1:]]
        fields += [{"name": "usd", "mtm": {"role": "value"}}]
        fields += [{"name": name, "mtm": {"role": role if contributors else "ignore"}}
                   for name, role in zip(said, ("contributors", "largest", "second-largest"))]
        (folder / "datapackage.json").write_text(json.dumps({
            "name": "money", "resources": [{
                "name": "money", "path": "money.csv", "encoding": "utf-8", "schema": {"fields": fields},
                "mtm": {"concept": "remittances", "kind": "flow", "unit": "USD", "confidential": True, "absent": "zero",
                        "publisher": "Bank"}}],
            "mtm": {"country": "KAZ", "period": "2024-Q2"}}))
        return folder

    def tabulate(self, folder, groupings, *arguments, code=0):
        by = [one for grouping in groupings for one in ("--by", ",".join(grouping))]
        done = subprocess.run([PROGRAM, "tabulate", "--resource", folder / "resource.json", *by, "--sum", "amount",
                               "--format", "json", *arguments, folder / "crossings.csv"], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def money_catalogue(self, name, indicators):
        for one in indicators:
            one.update({"concept": "remittances", "unit": "USD", "section": "remittances"})
        return self.catalogue(name, indicators)


CELL = {"period": "2024-Q2", "direction": "IN", "citizenship": "UZB", "sex": "F", "region": "KZ10"}


def cell(amounts, **members):
    return {**CELL, **members}, amounts


MANY_SMALL = [50] * 20


def others():
    """Cells that tell of nobody."""
    dice = random.Random(3)
    return [cell([dice.randint(30, 70) for _ in range(dice.randint(20, 40))], citizenship=country, sex=sex, region=region)
            for country in ("RUS", "KGZ", "TUR") for sex in publications.SEXES for region in publications.REGIONS[:2]]


class Rules(Money):
    def values(self, cells, *arguments, grouping=("citizenship",)):
        found = self.tabulate(self.write(cells), [list(grouping)], "--threshold", "5", *arguments)
        return {line["codes"]["citizenship"]: line["value"] for line in found["tables"][0]["observations"]}

    def test_one_large_contributor_is_withheld(self):
        values = self.values([cell(MANY_SMALL), cell([90000] + [10] * 30, citizenship="CHN"), cell(MANY_SMALL, citizenship="RUS")])
        self.assertEqual(values, {"UZB": "1000", "CHN": None, "RUS": "1000"})

    def test_few_contributors_are_withheld_whatever_they_gave(self):
        values = self.values([cell(MANY_SMALL), cell([30, 31, 32, 33], citizenship="CHN")])
        self.assertEqual(values, {"UZB": "1000", "CHN": None})

    def test_a_small_amount_of_many_is_printed(self):
        values = self.values([cell([0.5] * 6), cell(MANY_SMALL, citizenship="CHN")])
        self.assertEqual({code: float(value) for code, value in values.items()}, {"UZB": 3.0, "CHN": 1000.0})

    def test_p_is_chosen(self):
        cells = [cell([1000, 200] + [20] * 10), cell([30] * 7, citizenship="CHN")]  # the others are 20 % of the largest
        self.assertEqual(self.values(cells)["UZB"], "1400")
        self.assertEqual(self.values(cells, "--p-percent", "20")["UZB"], "1400")
        self.assertIsNone(self.values(cells, "--p-percent", "21")["UZB"])

    def test_dominance_is_chosen(self):
        cells = [cell([1000, 200] + [20] * 10), cell([30] * 7, citizenship="CHN")]  # two are 85.7 % of it
        self.assertEqual(self.values(cells, "--dominance", "86")["UZB"], "1400")
        self.assertIsNone(self.values(cells, "--dominance", "85")["UZB"])

    def test_what_would_tell_of_it_goes_too(self):
        found = self.tabulate(self.write([cell(MANY_SMALL), cell([90000] + [10] * 30, citizenship="CHN"),
                                          cell(MANY_SMALL * 2000, citizenship="RUS")]),
                              [["citizenship"], ["direction"]], "--threshold", "5")
        values = {line["codes"]["citizenship"]: line["value"] for line in found["tables"][0]["observations"]}
        total = found["tables"][1]["observations"][0]["value"]
        self.assertIsNone(values["CHN"])
        self.assertTrue(total is None or None in (values["UZB"], values["RUS"]))

    def sent(self, folder, filters=None, code=0):
        name = self.money_catalogue("sent", [publications.definition("sent", filters or {}, "citizenship")])
        return self.publish(folder, name, code=code)

    def test_a_report_of_a_table(self):
        document = self.sent(self.table([*others(), cell([90000] + [10] * 30, citizenship="CHN"),
                                         cell([4, 4, 5], citizenship="DEU")]))
        rows = {row["code"]: row["value"] for row in document["breakdown"]["rows"]}
        self.assertIsNone(rows["CHN"])
        self.assertIsNone(rows["DEU"])
        self.assertTrue(any(value is not None for value in rows.values()))

    def test_without_contributors_it_is_refused(self):
        folder = self.table(others(), contributors=False)
        self.assertIn("contributors", self.sent(folder, code=1))
        code, _, _ = run("compute", folder, "sent", "--catalogue", self.folder / "sent.json", "--threshold", "off")
        self.assertEqual(code, 0)

    def test_paid_back_is_refused(self):
        folder = self.table([*others(), cell([500], citizenship="CHN")])
        text = (folder / "money.csv").read_text().replace(",500,1,500,0", ",-500,1,500,0")
        (folder / "money.csv").write_text(text)
        self.assertIn("below 0", self.sent(folder, code=1))

    def test_contributors_that_are_none_are_refused(self):
        folder = self.table([*others(), cell(MANY_SMALL)])
        text = (folder / "money.csv").read_text()
        for wrong in (",2.5,50,50", ",-2,50,50", ",20,-50,50", ",many,50,50"):
            (folder / "money.csv").write_text(text.replace(",20,50,50", wrong))
            self.assertIn("E140", self.sent(folder, code=1))

    def test_a_ledger_remembers_who_contributed(self):
        folder = self.table([*others(), cell(MANY_SMALL), cell([90000] + [10] * 30, sex="M")])
        women = self.money_catalogue("women", [publications.definition("women", {"sex": "F", "citizenship": "UZB"})])
        both = self.money_catalogue("both", [publications.definition("both", {"citizenship": "UZB"})])
        self.assertEqual(self.publish(folder, women)["value"], "1000")
        self.assertIsNone(self.publish(folder, both)["value"])

    def test_states_are_merged(self):
        """Two files, each with a large contributor: the largest of both is known after merging."""
        folder = self.write([cell([5000] + [10] * 5), cell(MANY_SMALL, citizenship="CHN")])
        whole = self.tabulate(folder, [["citizenship"]], "--threshold", "5")
        lines = (folder / "crossings.csv").read_text().strip().split("\n")
        states = []
        for number, part in enumerate((lines[1:4], lines[4:])):
            (folder / f"part-{number}.csv").write_text("\n".join([lines[0]] + part) + "\n")
            states.append(folder / f"part-{number}.state")
            done = subprocess.run([PROGRAM, "tabulate", "--resource", folder / "resource.json", "--by", "citizenship", "--sum",
                                   "amount", "--save", states[-1], folder / f"part-{number}.csv"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        merged = folder / "merged.state"
        done = subprocess.run([PROGRAM, "merge", "-o", merged, *states], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = subprocess.run([PROGRAM, "tabulate", "--load", merged, "--format", "json", "--threshold", "5"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["tables"][0]["observations"], whole["tables"][0]["observations"])


@unittest.skipUnless(outsider, "needs SciPy")
class Attack(Money):
    def attack(self, seed, attacker, cells, p, k):
        found = attacker.solve()
        for key, name in attacker.hidden.items():
            if name not in found or any(sign < 0 for _, sign in key):
                continue
            amounts = [amount for at, _ in key for amount in cells[at][1]]
            room = margin(amounts, p, k)
            least, most = found[name]
            if room > 0:
                self.assertLessEqual(least, max(0, sum(amounts) - room) + 0.5, (seed, name))
                self.assertGreaterEqual(most, sum(amounts) + room - 0.5, (seed, name))
            self.assertGreater(most - least, 0.5, (seed, name, "told exactly"))
        for key, value in attacker.known:
            amounts = [amount for at, _ in key for amount in cells[at][1]]
            self.assertEqual(sum(amounts), value, seed)
            self.assertEqual(margin(amounts, p, k) if value else 0, 0, (seed, "printed", len(amounts)))
        return len(found)

    def test_random_tables(self):
        hidden = 0
        for seed in range(FIRST, FIRST + MANY):
            dice = random.Random(seed)
            cells = random_transfers(dice, dice.sample(publications.COUNTRIES, dice.randint(2, 6)),
                                     dice.sample(publications.REGIONS, dice.randint(2, 4)))
            if not cells:
                continue
            folder = self.write(cells)
            p, k = dice.choice([(15, 0), (15, 85), (10, 0), (30, 70)])
            every = [c for c, _ in publications.all_cells([(c, sum(a)) for c, a in cells])]
            amounts = {tuple(c.values()): a for c, a in cells}
            cells = [(c, amounts.get(tuple(c.values()), [])) for c in every]
            attacker = outsider.Outsider(every)
            finest = sorted(dice.sample(AXES, dice.randint(2, 4)), key=AXES.index)
            groupings = [finest]
            for _ in range(dice.randint(1, 3)):
                grouping = sorted(dice.sample(finest, dice.randint(1, len(finest))), key=AXES.index)
                groupings += [grouping] if grouping not in groupings else []
            if self.ledger.exists():
                self.ledger.unlink()
            found = self.tabulate(folder, groupings, "--threshold", "5", "--p-percent", str(p), "--dominance", str(k or "off"),
                                  "--ledger", self.ledger)
            for table, grouping in zip(found["tables"], groupings):
                for line in table["observations"]:
                    members = {name: line["codes"][name] for name in grouping}
                    attacker.number((tuple(grouping), *members.values()), [(1, attacker.select(members, [line["period"]]))],
                                    None if line["value"] is None else int(line["value"]))
            hidden += self.attack(seed, attacker, cells, p, k)
        self.assertGreater(hidden, MANY)


if __name__ == "__main__":
    unittest.main()
