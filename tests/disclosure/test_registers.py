"""Registers: what was there, who came and who left add up, so that a withheld number of one is told by the others. The attacker
knows that each registered person came in one quarter and left in one, or did not.

MTM_PUBLICATIONS sets how many registers are attacked (20 when it is not set), MTM_FIRST the first seed."""
import itertools
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
from test_ledger import FIRST, PROGRAM, THRESHOLD, Folder

MANY = int(os.environ.get("MTM_PUBLICATIONS", "20"))
QUARTERS = [f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in range(1, 5)][2:]
DAYS = ["2023-08-10", "2023-11-10", "2024-02-10", "2024-05-10", "2024-08-10", "2024-11-10"]
NEVER = len(QUARTERS)
SITES = ["XX01", "XX02", "XX03"]
ENDS = ["09-30", "12-31", "03-31", "06-30"]


def definition(name, concept, kind, filters=None, by=None):
    found = {"id": name, "section": "displacement", "component": "registration", "title": name, "definition": name,
             "concept": concept, "unit": "persons", "kind": kind, "statistic": "sum" if kind == "flow" else "last",
             "comparisons": ["previous-period", "same-period-last-year"]}
    if filters:
        found["filter"] = filters
    if by:
        found["breakdown"] = {"dimension": by}
    return found


LISTS = [definition(name + "".join(f"-{by}" for by in [by] if by), *what, by) for by in (None, "sex", "site") for name, what in (
    ("there", ("displacement", "stock", None)), ("came", ("registration", "flow", {"event": "entered"})),
    ("left", ("registration", "flow", {"event": "left"})))]


def random_register(dice):
    """Counts by sex, site, quarter of coming and of leaving; most of the last quarter are still there."""
    size = dice.choice([1, 2, 6])
    return {(sex, site, came, left): int(size * dice.paretovariate(1) * dice.random())
            for sex, site in itertools.product("FM", SITES[:dice.randint(1, 3)])
            for came in range(NEVER) for left in range(came, NEVER + 1) if left == NEVER or dice.random() < 0.4}


class Register(Folder):
    def write(self, counts):
        folder = self.folder / "register"
        folder.mkdir(exist_ok=True)
        lines, person = ["person,sex,site,registered,left"], 0
        for (sex, site, came, left), count in counts.items():
            day = "" if left == NEVER else DAYS[left][:8] + "20"
            for _ in range(count):
                person += 1
                lines.append(f"P{person},{sex},{site},{DAYS[came]},{day}")
        (folder / "register.csv").write_text("\n".join(lines) + "\n")
        fields = [{"name": "person", "mtm": {"role": "id", "dedupe": True}},
                  {"name": "sex", "mtm": {"role": "dimension", "dimension": "sex"}},
                  {"name": "site", "mtm": {"role": "dimension", "dimension": "site"}},
                  {"name": "registered", "mtm": {"role": "entered"}}, {"name": "left", "mtm": {"role": "left"}}]
        (folder / "datapackage.json").write_text(json.dumps({
            "name": "register", "mtm": {"period": "2024-Q2"}, "resources": [{
                "name": "register", "path": "register.csv", "schema": {"fields": fields},
                "mtm": {"concept": "displacement", "kind": "stock", "unit": "persons", "microdata": True, "publisher": "Office",
                        "covers": "2023-07-01/2024-12-31",
                        "tabulate": {"groupings": [{"by": ["site", "sex"]}, {"by": ["site"]}, {"by": ["sex"]}]}}}]}))
        return folder

    def report(self, folder, lists, *arguments):
        path = self.folder / "lists.json"
        path.write_text(json.dumps({"indicators": lists}))
        done = subprocess.run([PROGRAM, "report", folder, "--catalogue", path, "--format", "json", *arguments],
                              capture_output=True, text=True)
        if done.returncode != 0:
            self.assertIn("earlier publication", done.stderr)
            return None
        return json.loads(done.stdout)

    def indicators(self, document):
        return {one["id"]: one for section in document["sections"] for one in section["indicators"]}


class Balance(Register):
    """One person left: three numbers in print would tell."""

    def test_who_left_is_no_difference(self):
        counts = {("F", "XX01", 0, NEVER): 200, ("M", "XX01", 0, NEVER): 300, ("F", "XX01", 1, NEVER): 70,
                  ("F", "XX01", 2, NEVER): 50, ("M", "XX01", 3, NEVER): 90, ("M", "XX01", 0, 3): 2}
        found = self.indicators(self.report(self.write(counts), LISTS[:3], "--period", "2024-Q2"))
        self.assertIsNone(found["left"]["value"])
        shown = [found["there"]["value"], found["there"]["comparisons"][0]["base"], found["came"]["value"]]
        self.assertIn(None, shown)


@unittest.skipUnless(outsider, "needs SciPy")
class Attack(Register):
    def select(self, attacker, what, at, filters):
        """what: there at the end of a quarter, came or left in it."""
        cells = {number for number, (sex, site, came, left) in enumerate(attacker.cells)
                 if (came <= at < left if what == "there" else (came if what == "came" else left) == at)
                 and filters.get("sex", sex) == sex and filters.get("site", site) == site}
        return [(1, cells)]

    def quarter(self, what, period):
        """The number of a quarter from what a document says of a period; None before the register."""
        period = outsider.period_text(period)
        if "Q" not in period:
            period = f"{period[:4]}-Q{(int(period[5:7]) + 2) // 3}"
        return QUARTERS.index(period) if period in QUARTERS else None

    def read(self, attacker, document, lists):
        found = self.indicators(document)
        for one in (found[each["id"]] for each in lists):
            what, by = (one["id"].split("-") + [None])[:2]
            if one["value"] is None and one["reason"] != "suppressed":
                continue
            at = self.quarter(what, one["observed"] or document["period"])
            attacker.number((one["id"], "value", at), self.select(attacker, what, at, {}), outsider.number_of(one["value"]))
            for comparison in one["comparisons"]:
                before = self.quarter(what, comparison["period"])
                if before is not None and (comparison["base"] is not None or comparison["reason"] == "suppressed"):
                    attacker.number((one["id"], "base", before), self.select(attacker, what, before, {}),
                                    outsider.number_of(comparison["base"]))
            for point in one["series"]:
                then = self.quarter(what, point["period"])
                if then is not None:
                    attacker.number((one["id"], "point", then), self.select(attacker, what, then, {}),
                                    outsider.number_of(point["value"]))
            for row in (one["breakdown"] or {"rows": []})["rows"]:
                if row["kind"] == "code":
                    here = self.select(attacker, what, at, {by: row["code"]})
                    attacker.number((one["id"], at, row["code"]), here, outsider.number_of(row["value"]))

    def test_random_registers(self):
        self.assertGreater(self.attack(range(FIRST, FIRST + MANY)), MANY)

    def test_sites_balance_where_only_their_sum_is_printed_before(self):
        """Who was at each site before was printed by nothing, and told nevertheless how many came at least."""
        self.assertGreater(self.attack([700831]), 0)

    def attack(self, seeds):
        hidden = 0
        for seed in seeds:
            dice = random.Random(seed)
            counts = random_register(dice)
            folder = self.write(counts)
            sites = sorted({site for _, site, _, _ in counts})
            cells = [(sex, site, came, left) for sex, site in itertools.product("FM", sites)
                     for came in range(NEVER) for left in range(came, NEVER + 1)]
            attacker = outsider.Outsider([])
            attacker.cells = cells
            self.ledger.unlink(missing_ok=True)
            for period in dice.sample(QUARTERS[1:-1], dice.randint(1, 2)):
                lists = dice.sample(LISTS, dice.randint(3, len(LISTS)))
                document = self.report(folder, lists, "--period", period, "--ledger", self.ledger)
                if document is None:
                    continue
                before = list(attacker.known)
                self.read(attacker, document, lists)
                for key, value in attacker.known:
                    self.assertEqual(sum(sign * counts.get(cells[cell], 0) for cell, sign in key), value, (seed, period, key))
                ignorant = outsider.Outsider([])
                ignorant.cells, ignorant.known, ignorant.hidden = cells, before, attacker.hidden
                base = {name: ends[0] for name, ends in ignorant.solve().items()} if before else ignorant.printed_parts()
                large = outsider.large_names(attacker.hidden, [counts.get(cell, 0) for cell in cells], THRESHOLD) if before else ()
                found = attacker.solve()
                exact, narrowed = outsider.judge(found, THRESHOLD, base, large)
                self.assertEqual((exact, narrowed), ([], []), (seed, period, [(n, found[n], base.get(n)) for n in narrowed]))
            hidden += len(attacker.hidden)
        return hidden


if __name__ == "__main__":
    unittest.main()
