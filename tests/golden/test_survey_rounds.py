"""Differences of two rounds of two files: drawn apart, or of the same clusters visited again, as the package declares. What two visits to
a cluster have in common counts as it does where both rounds stand in one file (docs/survey.md, Rounds)."""
import json
import pathlib
import random
import tempfile
import unittest

from program import run

HEADER = "w,h,c,sex,food,needs,wage,hours"


class Rounds(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def draw(self, seed, prefix="", clusters=8):
        """Answers that depend on the cluster, so that two visits to it are alike."""
        dice, rows = random.Random(seed), []
        for stratum in "AB":
            for cluster in range(clusters):
                poor = 0.2 + 0.6 * (cluster % 4) / 4
                for _ in range(dice.randint(5, 9)):
                    needs = " ".join(n for n in ("water", "cash", "work") if dice.random() < poor) or "none"
                    rows.append(f"{dice.randint(5, 40) / 2},{stratum},{prefix}{stratum}{cluster},{dice.choice('FM')},"
                                f"{'yes' if dice.random() < poor else 'no'},{needs},{dice.randint(50, 90) + 100 * (cluster % 4)},{dice.randint(20, 50)}")
        return rows

    def write(self, now, before, **more):
        design = {"weight": "w", "strata": "h", "clusters": "c", "questions": {"needs": {"multiple": " "}}, **more}
        (self.folder / "now.csv").write_text("\n".join([HEADER, *now]) + "\n")
        (self.folder / "before.csv").write_text("\n".join([HEADER, *before]) + "\n")
        both = [f"{row},now" for row in now] + [f"{row},before" for row in before]
        (self.folder / "both.csv").write_text("\n".join([HEADER + ",round", *both]) + "\n")
        (self.folder / "design.json").write_text(json.dumps(design))

    def ask(self, data, *arguments):
        done = run("survey", self.folder / data, *arguments, "--design", self.folder / "design.json", "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["estimates"]

    def change(self, *arguments):
        return self.ask("now.csv", *arguments, "--previous", self.folder / "before.csv")

    def test_clusters_of_one_name_leave_no_interval_until_it_is_said_what_they_are(self):
        self.write(self.draw(1), self.draw(2))
        one = self.change("food", "--answer", "yes")[0]
        self.assertEqual((one["se"], one["low"], one["high"], one["method"]), (None, None, None, "none"))
        self.assertIn('declare "revisits"', one["reason"])
        apart = [self.ask(name, "food", "--answer", "yes")[0] for name in ("now.csv", "before.csv")]
        self.assertAlmostEqual(one["estimate"], apart[0]["estimate"] - apart[1]["estimate"], 12)
        self.write(self.draw(1), self.draw(2), revisits=False)
        free = self.change("food", "--answer", "yes")[0]
        self.assertAlmostEqual(free["se"] ** 2, apart[0]["se"] ** 2 + apart[1]["se"] ** 2, 12)
        self.write(self.draw(1), self.draw(2), revisits="yes")
        self.assertIn('"revisits"', run("survey", self.folder / "now.csv", "food", "--design", self.folder / "design.json").stderr)

    def test_clusters_of_other_names_are_drawn_apart(self):
        for more in ({}, {"revisits": True}, {"revisits": False}):
            self.write(self.draw(1), self.draw(2, "x"), **more)
            self.assertGreater(self.change("food", "--answer", "yes")[0]["se"], 0)
        # numbered anew in each stratum: the same number in another stratum is another cluster
        now = [row.replace(",A,A", ",A,").replace(",B,B", ",B,") for row in self.draw(1)]
        self.write([row for row in now if ",A," in row], [row for row in now if ",B," in row], nest=True)
        self.assertGreater(self.change("food", "--answer", "yes")[0]["se"], 0)

    def compare(self, *arguments, by=None):
        """Each change is that of the file of both rounds."""
        found = self.change(*arguments, *(("--by", by) if by else ()))
        self.assertGreater(len(found), 0)
        for one in found:
            more = ("--where", one["domain"]) if one["domain"] else ()
            answer = ("--answer", one["answer"]) if one["answer"] and "--answer" not in arguments else ()
            whole, = self.ask("both.csv", *arguments, *answer, *more, "--by", "round", "--between", "now,before")
            for name in ("estimate", "se", "df", "low", "high", "n", "contributors"):
                self.assertAlmostEqual(one[name], whole[name], 9, (arguments, one["domain"], one["answer"], name))

    def test_the_same_clusters_count_once(self):
        for seed, more in ((1, {}), (3, {"lonely": "adjust"}), (5, {"strata": None}), (7, {"nest": True})):
            self.write(self.draw(seed), self.draw(seed + 1), revisits=True, **more)
            self.compare("food")
            self.compare("food", "--answer", "yes", by="sex")
            self.compare("needs", by="sex")
            self.compare("wage")
            self.compare("wage", "--statistic", "total", by="sex")
            self.compare("wage", "--over", "hours", "--statistic", "ratio", by="h")
            self.compare("wage", "--level", "0.9")

    def test_visits_alike_make_a_change_surer(self):
        self.write(self.draw(1), self.draw(2), revisits=True)
        again = self.change("wage")[0]["se"]
        self.write(self.draw(1), self.draw(2), revisits=False)
        self.assertLess(again, 0.5 * self.change("wage")[0]["se"])

    def test_clusters_in_one_round_alone_and_conditions(self):
        now, before = self.draw(1, clusters=10), self.draw(2, clusters=8)
        self.write(now, before, revisits=True)
        self.compare("food", "--answer", "yes")
        found, = self.change("food", "--answer", "yes", "--where", "sex=F")
        whole, = self.ask("both.csv", "food", "--answer", "yes", "--where", "sex=F", "--by", "round", "--between", "now,before")
        self.assertAlmostEqual(found["se"], whole["se"], 12)

    def test_composites_and_compact_surveys(self):
        score = {"poor": {"items": {"food": {"answers": ["yes"]}}, "groups": [{"name": "no", "below": 1}, {"name": "yes"}]}}
        self.write(self.draw(1), self.draw(2), revisits=True, indicators=score)
        self.compare("poor_group", "--answer", "yes")
        self.write(self.draw(1), self.draw(2), revisits=True)
        loose = self.change("food", "--answer", "yes")[0]
        for name in ("now", "before"):
            done = run("survey", self.folder / f"{name}.csv", "--design", self.folder / "design.json", "--save", self.folder / f"{name}.state")
            self.assertEqual(done.returncode, 0, done.stderr)
        done = run("survey", self.folder / "now.state", "food", "--answer", "yes", "--previous", self.folder / "before.state", "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        one, = json.loads(done.stdout)["estimates"]
        for name in ("estimate", "se", "df", "n"):
            self.assertAlmostEqual(one[name], loose[name], 12)

    def test_quantiles_at_the_same_clusters(self):
        """Quantiles of two visits are as alike as the shares below them (both by the program, of the file of both rounds): the standard error
        is sqrt(a^2 + b^2 - 2 r a b). Of a second visit that found the same there is none."""
        for seed, share, by in ((1, "0.5", None), (3, "0.3", "sex"), (5, "0.7", "sex")):
            now, before = self.draw(seed), self.draw(seed + 1)
            self.write(now, before, revisits=True)
            quantile = ("wage", "--quantile", share, *(("--by", by) if by else ()))
            found = {one["domain"]: one for one in self.change(*quantile)}
            alone = [{one["domain"]: one for one in self.ask(name, *quantile)} for name in ("now.csv", "before.csv")]
            for domain, one in found.items():
                ends = [rounds[domain]["estimate"] for rounds in alone]
                rows = [(row, end, name) for data, end, name in ((now, ends[0], "now"), (before, ends[1], "before")) for row in data]
                (self.folder / "both.csv").write_text("\n".join([HEADER + ",round,below", *(
                    f"{row},{name},{'yes' if float(row.split(',')[6]) <= end else 'no'}" for row, end, name in rows)]) + "\n")
                asked = ("below", "--answer", "yes", "--by", "round", *(("--where", domain) if domain else ()))
                a, b = (other["se"] for other in self.ask("both.csv", *asked))
                difference, = self.ask("both.csv", *asked, "--between", "now,before")
                r = (a * a + b * b - difference["se"] ** 2) / (2 * a * b)
                a, b = (rounds[domain]["se"] for rounds in alone)
                self.assertAlmostEqual(one["se"], (a * a + b * b - 2 * r * a * b) ** 0.5, 9)
                self.assertEqual((one["estimate"], one["df"]), (ends[0] - ends[1], difference["df"]))
                self.assertLess(one["se"], (a * a + b * b) ** 0.5)
        self.write(now, now, revisits=True)
        one, = self.change("wage", "--quantile", "0.5")
        self.assertEqual((one["estimate"], one["method"]), (0, "t"))
        self.assertLess(one["se"], 1e-6)

    def test_what_has_no_standard_error_says_why(self):
        self.write(self.draw(1), self.draw(2), revisits=True)
        self.write(self.draw(1), self.draw(2), revisits=True, calibrate={"method": "raking", "totals": {"sex": {"F": 500, "M": 500}}})
        one = self.change("food", "--answer", "yes")[0]
        self.assertEqual(one["se"], None)
        self.assertIn("calibrated", one["reason"])
        self.write([row.replace(",F,", ",F;x=1|2,") for row in self.draw(1)], [row.replace(",F,", ",F;x=1|2,") for row in self.draw(2)],
                   revisits=True)
        for one in self.change("food", "--answer", "yes", "--by", "sex"):
            self.assertEqual(one["se"] is None, ";" in one["domain"], one)


if __name__ == "__main__":
    unittest.main()
