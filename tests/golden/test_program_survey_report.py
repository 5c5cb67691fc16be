"""Surveys in a report: figures with their intervals and bases, what is bracketed and withheld, in every form and language."""
import csv
import io
import json
import pathlib
import random
import re
import shutil
import tempfile
import unittest
import zipfile

from program import SOURCE, run

EXAMPLE = SOURCE / "examples/households"
CATALOGUE = EXAMPLE / "indicators.json"


def report(folder, *arguments, catalogue=CATALOGUE):
    extra = ("--catalogue", catalogue) if catalogue else ()
    ran = run("report", folder, *extra, *arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def package(self, survey, rows, header, catalogue=None, more=()):
        resources = [{"name": "survey", "path": "survey.csv", "mtm": {"survey": survey}}]
        self.write("survey.csv", header, rows)
        for name, table in more:
            self.write(f"{name}.csv", header, table)
            resources.append({"name": name, "path": f"{name}.csv", "mtm": {"survey": survey}})
        (self.folder / "datapackage.json").write_text(json.dumps(
            {"name": "p", "title": "Made", "mtm": {"period": "2024-Q2"}, "resources": resources}))
        if catalogue:
            (self.folder / "catalogue.json").write_text(json.dumps(
                {"sections": [{"id": "s", "title": "Survey"}], "indicators": [
                    {"section": "s", "title": one.pop("title", one["id"]), "definition": "Made.", **one} for one in catalogue]}))
        return self.folder

    def write(self, name, header, rows):
        with open(self.folder / name, "w", newline="") as file:
            csv.writer(file).writerows([header, *rows])

    def surveys(self, *arguments):
        catalogue = self.folder / "catalogue.json"
        text = report(self.folder, "--format", "json", *arguments, catalogue=catalogue if catalogue.is_file() else None)
        return json.loads(text)


class Example(Folder):
    def test_figures_are_those_of_the_command(self):
        made = json.loads(report(EXAMPLE, "--format", "json"))
        rows = next(s for s in made["surveys"] if s["id"] == "food-insecure")["rows"]
        asked = json.loads(run("survey", EXAMPLE, "food_insecure", "--answer", "yes", "--by", "population_group", "--format",
                               "json").stdout)["estimates"]
        shown = {row["group"]: row for row in rows if row["kind"] == "group"}
        self.assertGreater(len(asked), 1)
        for one in asked:
            row = shown[one["domain"]]
            self.assertEqual(row["n"], one["n"])
            for name in ("estimate", "low", "high"):
                self.assertAlmostEqual(float(row[name]), 100 * one[name], delta=0.05000001)

    def test_every_form_has_every_figure(self):
        numbers = {row["estimate"] for s in json.loads(report(EXAMPLE, "--format", "json"))["surveys"] for row in s["rows"]
                   if row["estimate"]}
        forms = {name: report(EXAMPLE, "--format", name) for name in ("text", "markdown", "html", "csv")}
        book = self.folder / "r.xlsx"
        report(EXAMPLE, "--format", "xlsx", "-o", book)
        with zipfile.ZipFile(book) as archive:
            forms["xlsx"] = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name)
        for form, text in forms.items():
            for number in numbers:
                plain = number.lstrip("-")
                grouped = f"{float(plain):,.1f}" if "." in plain else f"{int(plain):,}"
                self.assertTrue(plain in text or grouped in text or f"{float(plain):g}" in text, (form, number))

    def test_sentences_in_three_languages_give_interval_and_base(self):
        for language, interval in (("en", "95 % confidence interval"), ("ru", "доверительный интервал"), ("kk", "сенімділік аралығы")):
            made = json.loads(report(EXAMPLE, "--format", "json", "--language", language))
            finding = next(s for s in made["surveys"] if s["id"] == "food-insecure")["finding"]
            self.assertIn(interval, finding.replace("\u00a0", " "))
            self.assertIn("208", finding)
            self.assertIn("220", finding)
            self.assertNotRegex(finding, r"[{}]")
            methods = made["methods"][0]["text"]
            for number in ("220", "25", "30"):  # interviews, degrees of freedom, clusters
                self.assertIn(number, methods)
            self.assertNotRegex(methods, r"[{}]")

    def test_pictures_have_a_text(self):
        page = report(EXAMPLE, "--format", "html")
        self.assertEqual(len(re.findall(r'<svg class="dots"', page)), 3)
        self.assertEqual(len(re.findall(r'<svg class="stacked"', page)), 1)
        for chart in re.findall(r'<svg class="(?:dots|stacked)".*?</svg>', page, re.S):
            self.assertRegex(chart, r"<title id=.*</title>\n<desc id=.*\d.*</desc>")
            self.assertNotIn("style=", chart)

    def test_one_indicator_alone(self):
        text = run("compute", EXAMPLE, "median-income", "--catalogue", CATALOGUE).stdout
        self.assertIn("Median monthly income", text)
        self.assertNotIn("Priority needs", text)

    def test_questions_are_reported_without_a_catalogue(self):
        text = report(EXAMPLE, catalogue=None)
        for title in ("Priority needs", "Monthly income", "How the surveys were made"):
            self.assertIn(title, text)
        self.assertNotIn("Not covered by this package", text)

    def test_check_reads_the_survey(self):
        good = run("check", EXAMPLE)
        self.assertEqual((good.returncode, "220 accepted" in good.stdout), (0, True), good.stdout)
        shutil.copy(EXAMPLE / "datapackage.json", self.folder)
        lines = (EXAMPLE / "households.csv").read_text().splitlines()
        header = lines[0].split(",")
        cells = [line.split(",") for line in lines]
        cells[4][header.index("weight")] = "-3"
        cells[6][header.index("weight")] = ""
        cells[8][header.index("food_insecure")] = "maybe"
        (self.folder / "households.csv").write_text("\n".join(",".join(row) for row in cells) + "\n")
        bad = run("check", self.folder)
        self.assertIn("218 accepted + 2 refused", bad.stdout)
        for line, code in ((5, "E201"), (7, "E200"), (9, "N210")):
            self.assertRegex(bad.stdout, rf"households.csv:{line}: (error|note)\[MTM-{code}\]")


class Rules(Folder):
    def rows(self, n, share, seed=1):
        random_of = random.Random(seed)
        return [[i % 4, "F" if i % 2 else "M", "yes" if random_of.random() < share else "no", random_of.randint(1, 900)]
                for i in range(n)]

    def test_unreliable_figures_are_bracketed_and_in_no_sentence(self):
        self.package({"clusters": "c"}, self.rows(24, 0.5), ["c", "sex", "y", "v"],
                     [{"id": "few", "statistic": "proportion", "survey": {"question": "y", "answers": ["yes"]}}])
        made = self.surveys()["surveys"][0]
        self.assertIn("few-answers", made["rows"][0]["unreliable"])
        self.assertNotIn(made["rows"][0]["estimate"], made["finding"])
        text = report(self.folder, catalogue=self.folder / "catalogue.json").replace("\u00a0", " ")
        self.assertIn(f"({made['rows'][0]['estimate']} %)", text)
        self.assertNotIn("<svg class=\"dots\"", report(self.folder, "--format", "html", catalogue=self.folder / "catalogue.json"))

    def test_purposive_samples_have_no_interval(self):
        self.package({"sampling": "purposive"}, self.rows(200, 0.5), ["c", "sex", "y", "v"],
                     [{"id": "p", "statistic": "proportion", "survey": {"question": "y"}}])
        made = self.surveys()
        self.assertTrue(all(row["low"] is None for row in made["surveys"][0]["rows"]))
        self.assertIn("not representative", made["surveys"][0]["finding"])
        self.assertIn("not representative", made["methods"][0]["text"])

    def test_difference_of_rounds_is_that_of_one_design(self):
        """Two files, and both in one with the round as stratum: the same difference."""
        now, before = self.rows(300, 0.6, 1), self.rows(260, 0.5, 2)
        header = ["c", "sex", "y", "v"]
        self.package({"clusters": "c", "revisits": False}, now, header,
                     [{"id": "change", "statistic": "difference", "survey":
                       {"resource": "survey", "question": "y", "answers": ["yes"], "previous": "before", "by": "sex"}}],
                     more=[("before", before)])
        made = self.surveys()["surveys"][0]["rows"]
        joined = [["a"] + row for row in now] + [["b"] + row for row in before]
        self.write("joined.csv", ["round", *header], joined)
        (self.folder / "design.json").write_text(json.dumps({"strata": "round", "clusters": "c", "nest": True}))
        whole = json.loads(run("survey", self.folder / "joined.csv", "y", "--answer", "yes", "--by", "round", "--between", "a,b",
                               "--design", self.folder / "design.json", "--format", "json").stdout)["estimates"][0]
        change = next(row for row in made if row["kind"] == "change" and row["group"] is None)
        for name in ("estimate", "low", "high"):
            self.assertAlmostEqual(float(change[name]), 100 * whole[name], delta=0.05000001)
        self.assertEqual(len([row for row in made if row["kind"] == "change"]), 3)

    def test_no_part_is_withheld_alone(self):
        """Whatever the answers: of parts that add up to what is shown, none or at least two are withheld."""
        withheld = 0
        for seed in range(60):
            random_of = random.Random(seed)
            rows = [[i % 10, random_of.choice("ABCD"), random_of.choices("pqrs", [20, 10, 2, 1])[0], 1]
                    for i in range(random_of.randint(20, 160))]
            self.package({"clusters": "c"}, rows, ["c", "g", "y", "v"],
                         [{"id": "i", "statistic": "proportion", "survey": {"question": "y", "by": "g"}}])
            lines = self.surveys()["surveys"][0]["rows"]
            sets = {}
            for row in lines:
                if row["kind"] in ("whole", "group"):
                    sets.setdefault(("answers", row["group"]), []).append(row["withheld"])
                if row["kind"] == "group":
                    sets.setdefault(("groups", row["answer"]), []).append(row["withheld"])
            for key, parts in sets.items():
                self.assertTrue(sum(parts) != 1 or len(parts) == 1, (seed, key))
                withheld += sum(parts)
            for row in lines:
                self.assertTrue(not row["withheld"] or row["estimate"] is row["se"] is row["low"] is None)
        self.assertGreater(withheld, 50)

    def test_sensitive_questions_need_ten(self):
        rows = [[i % 10, "x", "yes" if i < 8 else "no", 1] for i in range(100)]
        for sensitive, hidden in (([], False), (["y"], True)):
            self.package({"clusters": "c", "sensitive": sensitive, "questions": {"y": {}}}, rows, ["c", "g", "y", "v"])
            self.assertEqual(self.surveys()["surveys"][0]["rows"][0]["withheld"], hidden)

    def test_the_most_often_named_is_one_that_can_be_told(self):
        """An unreliable answer stands in no sentence: no other one is then said to be named most often."""
        answers = ["food", "work", "rent", "cash", "food", "school", "water", "care", "tools"]
        for spread in (False, True):  # whether those who name "none" live in four clusters, or in all
            rows = [[c, "x", "none" if (i * 12 + c < 40 if spread else c < 4) else answers[(i + c) % 9], 1] for c in range(12) for i in range(10)]
            self.package({"clusters": "c", "questions": {"y": {"label": "Main need", "answers": ["none", *sorted(set(answers))]}}}, rows, ["c", "g", "y", "v"])
            text = " ".join(report(self.folder, catalogue=None).split())
            self.assertIn("Main need, most often named: none" if spread else "Main need: food", text)
            self.assertEqual("most often named" in text, spread)
            self.assertIn("Of those asked, 100.0 % answered each question shown here.", text)

    def test_slips_of_a_definition_are_named(self):
        for survey, said in (({}, "question"), ({"question": "y", "colour": 1}, "colour"), ({"question": "y", "level": 2}, "level"),
                             ({"question": "y", "between": "F,M"}, "by"), ({"question": "y", "over": "v"}, "over")):
            self.package({"clusters": "c"}, self.rows(40, 0.5), ["c", "sex", "y", "v"],
                         [{"id": "i", "statistic": "proportion", "survey": survey}])
            ran = run("report", self.folder, "--catalogue", self.folder / "catalogue.json")
            self.assertEqual((ran.returncode != 0, said in ran.stderr), (True, True), ran.stderr)


if __name__ == "__main__":
    unittest.main()
