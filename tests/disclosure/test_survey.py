"""Estimates of a survey, published one after the other by one ledger: an outsider who knows how many persons stand behind every
estimate that is shown, those who gave the answer and those who answered, solves for the small groups. Needs nothing of SciPy."""
import csv
import fractions
import itertools
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["MTM_BUILD"]) / "examples/mtm/mtm"
DESIGN = {"weight": "weight", "clusters": "cluster", "sensitive": ["violence"]}
DIMENSIONS = {"sex": "FM", "region": "nes", "group": "ih"}
THRESHOLD = 5


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def write_answers(path, dice, n):
    rare = {(s, r, g): dice.choice((0.02, 0.05, 0.3, 0.5)) for s, r, g in itertools.product(*DIMENSIONS.values())}
    rows = []
    for i in range(n):
        row = {name: dice.choice(members) for name, members in DIMENSIONS.items()}
        yes = dice.random() < rare[tuple(row.values())]
        rows.append({**row, "weight": dice.randint(1, 9), "cluster": i // 8, "food": "yes" if yes else "no",
                     "violence": "yes" if dice.random() < 0.05 else "no"})
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    return rows


class Solver:
    """What equations between whole numbers of persons tell: the row space over the finest cells."""

    def __init__(self):
        self.cells = list(itertools.product(*DIMENSIONS.values(), ("yes", "no")))
        self.rows = []  # reduced, with their leading place

    def reduce(self, row):
        for lead, known in self.rows:
            if row[lead]:
                factor = row[lead] / known[lead]
                row = [a - factor * b for a, b in zip(row, known)]
        return row

    def vector(self, domain, answer):
        wanted = dict(part.split("=") for part in domain.split(";") if part)
        return [fractions.Fraction(all(cell[list(DIMENSIONS).index(name)] == value for name, value in wanted.items())
                                   and answer in (None, cell[-1])) for cell in self.cells]

    def learn(self, domain, answer):
        row = self.reduce(self.vector(domain, answer))
        lead = next((i for i, value in enumerate(row) if value), None)
        if lead is not None:
            self.rows.append((lead, row))

    def knows(self, domain, answer):
        return not any(self.reduce(self.vector(domain, answer)))


def domains():
    for n in range(len(DIMENSIONS) + 1):
        for names in itertools.combinations(DIMENSIONS, n):
            for values in itertools.product(*(DIMENSIONS[name] for name in names)):
                yield ";".join(f"{name}={value}" for name, value in zip(names, values))


class Ledger(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data, self.design, self.ledger = (self.folder / name for name in ("answers.csv", "design.json", "published.mtm"))
        self.design.write_text(json.dumps(DESIGN))
        self.n_refused = 0

    def publish(self, *arguments, question="food"):
        done = run("survey", self.data, question, "--design", self.design, "--ledger", self.ledger, "-f", "json", *arguments)
        if done.returncode:
            self.assertIn("nothing was made", done.stderr)
            self.n_refused += 1
            return []
        return json.loads(done.stdout)["estimates"]

    def test_calls_tell_no_more_together(self):
        """Each call shows what it shows; what all tell of groups below the threshold is nothing exact."""
        n_shown = 0
        for seed in range(int(os.environ.get("MTM_PUBLICATIONS", 6))):
            dice = random.Random(seed)
            rows = write_answers(self.data, dice, dice.choice((150, 300, 600)))
            self.ledger.unlink(missing_ok=True)
            solver = Solver()
            for _ in range(5):
                by = dice.sample(list(DIMENSIONS), dice.randint(0, 2))
                where = [f"{name}={dice.choice(DIMENSIONS[name])}" for name in DIMENSIONS if name not in by and dice.random() < .3]
                arguments = (["--by", ",".join(by)] if by else []) + (["--where", ";".join(where)] if where else [])
                for one in self.publish(*arguments):
                    domain = ";".join(filter(None, [one["domain"], *where]))
                    if one["n"] is not None and one["n"] >= 0:
                        solver.learn(domain, None)
                    if not one["withheld"]:
                        n_shown += 1
                        solver.learn(domain, one["answer"])
            for domain in domains():
                wanted = dict(part.split("=") for part in domain.split(";") if part)
                group = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
                for answer in ("yes", "no", None):
                    count = sum(answer in (None, row["food"]) for row in group)
                    if 0 < count < THRESHOLD:
                        self.assertFalse(solver.knows(domain, answer), f"seed {seed}: {count} of {domain} said {answer}")
        self.assertGreater(n_shown, 60)
        self.assertLess(self.n_refused, n_shown / 20)

    def test_the_rest_of_an_earlier_call(self):
        """All, then women: without the ledger men are what is left."""
        rows = [("F", "yes")] * 60 + [("F", "no")] * 140 + [("M", "yes")] * 3 + [("M", "no")] * 197
        self.data.write_text("sex,food,weight,cluster\n" + "".join(f"{s},{f},1,{i % 40}\n" for i, (s, f) in enumerate(rows)))
        alone = [json.loads(run("survey", self.data, "food", "--design", self.design, "--threshold", 5, "-f", "json", *more).stdout)
                 for more in ((), ("--where", "sex=F"))]
        self.assertFalse(any(one["withheld"] for document in alone for one in document["estimates"]))
        self.assertFalse(any(one["withheld"] for one in self.publish()))
        self.assertTrue(all(one["withheld"] for one in self.publish("--where", "sex=F")))
        before = self.ledger.read_bytes()
        self.assertFalse(any(one["withheld"] for one in self.publish()))  # the same again
        self.assertEqual(self.ledger.read_bytes(), before)
        withheld, = self.publish("--by", "sex", "--between", "F,M", "--answer", "yes")
        self.assertTrue(withheld["withheld"])

    def test_sensitive_questions_are_entered_with_ten(self):
        write_answers(self.data, random.Random(1), 300)
        self.publish(question="violence")
        entered = [json.loads(line) for line in self.ledger.read_text().splitlines()]
        self.assertEqual([line["threshold"] for line in entered if "threshold" in line], [10])

    def test_reports_and_calls_meet(self):
        rows = [("F", "yes")] * 60 + [("F", "no")] * 140 + [("M", "yes")] * 3 + [("M", "no")] * 197
        self.data.write_text("sex,food,weight,cluster\n" + "".join(f"{s},{f},1,{i % 40}\n" for i, (s, f) in enumerate(rows)))
        (self.folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [
            {"name": "answers", "path": "answers.csv", "mtm": {"survey": {**DESIGN, "questions": {"food": {}}}}}]}))
        done = run("report", self.folder, "--period", "2024-Q2", "--ledger", self.ledger, "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("survey;answers;", self.ledger.read_text())
        found = run("survey", self.folder, "food", "--where", "sex=F", "--ledger", self.ledger, "-f", "json")
        self.assertTrue(all(one["withheld"] for one in json.loads(found.stdout)["estimates"]), found.stdout)

    def test_sums_of_weights_are_rounded(self):
        """Published totals and the weight behind a figure have three digits that count: no weight of a person can be had from them."""
        dice = random.Random(4)
        weights = [dice.uniform(900, 1300) for _ in range(90)]
        self.data.write_text("weight,cluster,food,violence\n" + "".join(
            f"{w:.4f},{i},{'yes' if i % 3 else 'no'},{'yes' if i % 2 else 'no'}\n" for i, w in enumerate(weights)))

        def ask(question, *arguments):
            done = run("survey", self.data, question, "--design", self.design, "--statistic", "total", "-f", "json", *arguments)
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads(done.stdout)["estimates"]

        whole = sum(round(w, 4) for w in weights)
        exact, = (one for one in ask("food") if one["answer"] == "yes")
        self.assertAlmostEqual(float(exact["weight"]), whole, 3)
        self.assertNotEqual(exact["estimate"] % 100, 0)
        # what is published: with a threshold, with a ledger, and of a sensitive question
        for found in (ask("food", "--threshold", "5"), ask("food", "--ledger", self.ledger), ask("violence")):
            for one in found:
                self.assertEqual([one[key] % 100 for key in ("estimate", "se", "low", "high")], [0, 0, 0, 0])
                self.assertEqual(float(one["weight"]), round(whole / 100) * 100)
        yes, = (one for one in ask("food", "--threshold", "5") if one["answer"] == "yes")
        self.assertEqual(yes["estimate"], round(exact["estimate"] / 100) * 100)

    def test_numbers_have_few_digits(self):
        """A share with all its digits, and a known weight, tell who is in it: which of two persons said yes."""
        dice = random.Random(5)
        weights = [dice.uniform(900, 1300) for _ in range(200)]
        self.data.write_text("weight,cluster,sex,food,income\n" + "".join(
            f"{w:.4f},{i},{'FM'[i % 2]},{'yes' if i % 3 else 'no'},{dice.randint(10, 99999)}\n" for i, w in enumerate(weights)))
        for arguments in (["food"], ["food", "--by", "sex"], ["food", "--by", "sex", "--between", "F,M"], ["income"],
                          ["income", "--statistic", "quantile"]):
            for more in (["--threshold", "5"], ["--ledger", self.ledger]):
                done = run("survey", self.data, *arguments, "--design", self.design, "-f", "json", *more)
                self.assertEqual(done.returncode, 0, done.stderr)
                for one in json.loads(done.stdout)["estimates"]:
                    for key in ("estimate", "se", "low", "high"):
                        step = 1000 if arguments[0] == "food" else 1
                        self.assertAlmostEqual(one[key] * step, round(one[key] * step), 9, (arguments, key))
                    for key in ("deff", "deff_replace", "n_effective", "cv"):
                        self.assertTrue(one[key] is None or float(f"{one[key]:.3g}") == one[key], (arguments, key, one[key]))

    def test_extremes_are_those_of_few(self):
        """A quantile is what somebody gave: with fewer than five beyond it, it tells of one of them."""
        self.data.write_text("weight,cluster,income\n" + "".join(f"1,{i},{1000 + 7 * i}\n" for i in range(400)))
        for probability, withheld in ((0.5, False), (0.995, True), (0.004, True)):
            for more in (["--threshold", "5"], ["--ledger", self.ledger]):
                done = run("survey", self.data, "income", "--statistic", "quantile", "--quantile", probability, "--design", self.design,
                           "-f", "json", *more)
                one, = json.loads(done.stdout)["estimates"]
                self.assertEqual((one["withheld"], one["estimate"] is None), (withheld, withheld), (probability, more))

    def test_reasons_of_few(self):
        """Two refused to answer: their number is told by itself, by the rows that are left, and by a second call; then none is."""
        kinds = ("missing", "unknown", "refused", "not_asked", "unexpected", "invalid", "out_of_domain", "zero_weight")
        design = self.folder / "words.json"
        design.write_text(json.dumps({**DESIGN, "refused": ["refused"]}))
        for n_refused, told in ((2, False), (20, True)):
            self.data.write_text("weight,cluster,sex,food\n" + "".join(
                f"1,{i},{'FM'[i % 2]},{'refused' if i < n_refused else 'yes' if i % 3 else 'no'}\n" for i in range(200)))
            for by in ([], ["--by", "sex"]):
                done = run("survey", self.data, "food", *by, "--threshold", 5, "--design", design, "-f", "json")
                for one in json.loads(done.stdout)["estimates"]:
                    self.assertEqual({one[kind] is not None for kind in kinds}, {told}, (n_refused, by))
            done = run("survey", self.data, "food", "--ledger", self.folder / f"{n_refused}.mtm", "--design", design, "-f", "json")
            self.assertEqual({one[kind] for one in json.loads(done.stdout)["estimates"] for kind in kinds}, {None})

    def test_names_of_groups_are_known_again(self):
        """A group of few is told by its line, in every call the same: what one call shows and the next adds up is one system."""
        rows = [("F", "a")] * 60 + [("M", "a")] * 60 + [("F", "Alma")] * 3 + [("M", "Alma")] * 6
        self.data.write_text("sex,village,food,weight,cluster\n" + "".join(
            f"{s},{v},{'yes' if i % 2 else 'no'},1,{i}\n" for i, (s, v) in enumerate(rows)))
        self.publish("--by", "sex")
        shown = {one["domain"]: one["withheld"] for one in self.publish("--by", "sex,village")}
        self.assertEqual(set(shown), {"sex=F;village=a", "sex=M;village=a", "sex=F;village=\u22ef 122", "sex=M;village=\u22ef 122"})
        self.assertTrue(shown["sex=F;village=a"])  # women in all, less these, are three
        self.assertNotIn("Alma", self.ledger.read_text())

    def test_persons_decide_and_never_weights(self):
        """Four persons of great weight are too few, four hundred of little weight are enough; sensitive questions need ten."""
        self.data.write_text("weight,cluster,food,violence\n" + "".join(f"100000,{i},yes,yes\n" for i in range(4)) + "".join(
            f"0.001,{i},no,no\n" for i in range(400)) + "".join(f"0.001,{i},no,yes\n" for i in range(5)))
        for question, threshold, hidden in (("food", 5, True), ("food", 4, False), ("violence", 5, True), ("violence", 1, True)):
            done = run("survey", self.data, question, "--design", self.design, "--threshold", threshold, "-f", "json")
            self.assertEqual([one["withheld"] for one in json.loads(done.stdout)["estimates"]], [hidden, hidden], (question, threshold))

    def test_what_is_not_entered(self):
        write_answers(self.data, random.Random(1), 100)
        for arguments, said in ((["food", "--previous", self.data], "expected estimates of one survey"), ([], "found no question")):
            done = run("survey", self.data, *arguments, "--design", self.design, "--ledger", self.ledger)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)
        self.assertFalse(self.ledger.exists())


if __name__ == "__main__":
    unittest.main()
