"""The command survey: what it writes, in three forms, and how it ends."""
import csv
import io
import json
import pathlib
import random
import tempfile
import unittest
import zipfile
from xml.sax.saxutils import escape

from program import SOURCE, run

PACKAGE = SOURCE / "tests/golden/survey"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORM = {
    "survey": [["type", "name", "label::English (en)", "relevant"], ["start", "start", "", ""],
               ["select_one yn", "work", "Have you worked?", ""],
               ["decimal", "wage", "Wage", "${work} = 'yes'"],
               ["select_multiple need", "needs", "Most urgent needs", "selected(${work}, 'no') or ${work} = 'dk'"],
               ["integer", "age", "Age", "${age} > 5"],
               ["begin_repeat", "members", "", ""], ["integer", "member_age", "Age", ""], ["end_repeat", "", "", ""]],
    "choices": [["list_name", "name", "label::English (en)"], ["yn", "yes", "Yes"], ["yn", "no", "No"],
                ["need", "water", "Drinking water"], ["need", "cash", "Cash & vouchers"]],
}


def write_form(path, sheets):
    """An XLSForm of inline strings."""
    def rows(table):
        return "".join("<row>" + "".join(f"<c t='inlineStr'><is><t>{escape(cell)}</t></is></c>" for cell in row) + "</row>"
                       for row in table)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        kind = "http://schemas.openxmlformats.org/package/2006/relationships"
        book.writestr("_rels/.rels", f"<Relationships xmlns='{kind}'><Relationship Id='rId1' Type='{OFFICE}/officeDocument' "
                                     "Target='xl/workbook.xml'/></Relationships>")
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{kind}'>" + "".join(
            f"<Relationship Id='r{i}' Type='{OFFICE}/worksheet' Target='worksheets/s{i}.xml'/>" for i in range(len(sheets)))
            + "</Relationships>")
        book.writestr("xl/workbook.xml", f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets>" + "".join(
            f"<sheet name='{name}' sheetId='{i + 1}' r:id='r{i}'/>" for i, name in enumerate(sheets)) + "</sheets></workbook>")
        for i, table in enumerate(sheets.values()):
            book.writestr(f"xl/worksheets/s{i}.xml",
                          f"<worksheet xmlns='{MAIN}'><sheetData>{rows(table)}</sheetData></worksheet>")


class Form(unittest.TestCase):
    """Questions of an XLSForm beside an export of Kobo."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.form, self.data = self.folder / "form.xlsx", self.folder / "data.csv"
        write_form(self.form, FORM)
        self.data.write_text("work,wage,needs,needs/water,needs/cash,age\nyes,100,,,,20\nyes,,,,,30\nno,,water cash,1,1,40\n"
                             "no,50,cash,0,1,41\nmaybe,,,,,7\n")

    def ask(self, question):
        done = run("survey", self.data, question, "--form", self.form, "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["estimates"]

    def test_answers_and_labels(self):
        yes, no = self.ask("work")
        self.assertEqual((yes["answer"], yes["answer_label"], yes["question_label"]), ("yes", "Yes", "Have you worked?"))
        self.assertEqual((yes["n"], yes["invalid"], yes["estimate"], no["answer"]), (4, 1, 0.5, "no"))

    def test_conditions(self):
        wage, = self.ask("wage")
        self.assertEqual((wage["n"], wage["missing"], wage["not_asked"], wage["unexpected"]), (1, 1, 2, 1))
        cash = {e["answer"]: e for e in self.ask("needs")}["cash"]
        self.assertEqual((cash["n"], cash["contributors"], cash["not_asked"]), (2, 2, 3))
        self.assertEqual(cash["answer_label"], "Cash & vouchers")
        self.assertEqual(self.ask("age")[0]["n"], 5)  # a condition that cannot be followed: asked of all

    def test_form_in_a_package(self):
        (self.folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [
            {"name": "answers", "path": "data.csv", "mtm": {"survey": {"form": "form.xlsx"}}}]}))
        done = run("survey", self.folder, "work", "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["estimates"][0]["answer_label"], "Yes")

    def test_no_form(self):
        write_form(self.form, {"survey": [["name", "label"], ["a", "b"]], "choices": FORM["choices"]})
        done = run("survey", self.data, "work", "--form", self.form)
        self.assertEqual(done.returncode, 1)
        self.assertIn("MTM-E214", done.stderr)
        self.assertIn('"type"', done.stderr)


class Survey(unittest.TestCase):
    def test_describes_the_design(self):
        done = run("survey", PACKAGE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("220 households in 30 clusters of 5 strata", done.stdout)
        self.assertIn("1 stratum has a single cluster (rule: adjust)", done.stdout)
        self.assertEqual(json.loads(run("survey", PACKAGE, "--format", "json").stdout)["rows"],
                         {"in": 220, "kept": 220, "refused": 0, "blank": 0})

    def test_writes_three_forms_of_the_same(self):
        arguments = ("survey", PACKAGE, "needs", "--by", "population_group")
        text = run(*arguments).stdout
        rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))
        estimates = json.loads(run(*arguments, "--format", "json").stdout)["estimates"]
        self.assertEqual(len(rows), len(estimates))
        self.assertEqual(len(text.splitlines()), len(rows) + 1)
        for row, estimate in zip(rows, estimates):
            self.assertEqual(float(row["estimate"]), estimate["estimate"])
            self.assertEqual(row["domain"], estimate["domain"])
            self.assertIn(f"{100 * estimate['estimate']:.1f} %", text)
            self.assertLessEqual(estimate["low"], estimate["estimate"])
            self.assertLessEqual(estimate["estimate"], estimate["high"])

    def test_differences(self):
        done = run("survey", PACKAGE, "income_usd", "--by", "population_group", "--between", "idp,host", "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        one, = json.loads(done.stdout)["estimates"]
        groups = {e["domain"]: e["estimate"] for e in json.loads(
            run("survey", PACKAGE, "income_usd", "--by", "population_group", "-f", "json").stdout)["estimates"]}
        self.assertAlmostEqual(one["estimate"], groups["population_group=idp"] - groups["population_group=host"], 9)

    def overlap(self, between, *more):
        """The difference of yes between two groups, of 90 interviews: three regions of 30, every third a woman."""
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder, "data.csv")
            data.write_text("c,region,sex,food,age\n" + "".join(
                f"{i % 12},{'abc'[i % 3]},{'MMF'[i // 3 % 3]},{'yes' if i % 5 < 2 else 'no'},{'old' if i % 30 == 0 else 'young'}\n"
                for i in range(90)))
            design = pathlib.Path(folder, "design.json")
            design.write_text('{"clusters": "c"}')
            ledger = ["--ledger", pathlib.Path(folder, "l.mtm")] if "--ledger" in more else []
            more = [word for word in more if word != "--ledger"]
            return run("survey", data, "food", "--design", design, "--answer", "yes", "--between", between, "-f", "json", *more, *ledger)

    def test_differences_of_groups_that_overlap(self):
        done = self.overlap("sex=F,*")
        self.assertEqual(done.returncode, 0, done.stderr)
        one, = json.loads(done.stdout)["estimates"]
        self.assertEqual((one["domain"], one["n"], one["contributors"], one["out_of_domain"]), ("sex=F - all", 90, 36, 0))
        # groups that share nobody: as with --by
        apart, = json.loads(self.overlap("sex=F,sex=M").stdout)["estimates"]
        by, = json.loads(self.overlap("F,M", "--by", "sex").stdout)["estimates"]
        for key in ("estimate", "se", "df", "low", "high", "n", "contributors", "rows", "out_of_domain"):
            self.assertAlmostEqual(apart[key], by[key], 12, key)
        # women are a third: their difference with all is two thirds of that with men
        self.assertAlmostEqual(one["estimate"], apart["estimate"] * 2 / 3, 12)
        # a group less itself is nothing, without an error
        same, = json.loads(self.overlap("sex=F,sex=F").stdout)["estimates"]
        self.assertEqual((same["estimate"], same["se"], same["n"]), (0, 0, 30))
        crossed, = json.loads(self.overlap("sex=F,region=a|b").stdout)["estimates"]
        self.assertEqual((crossed["n"], crossed["out_of_domain"]), (70, 20))  # 60 of two regions, 10 women of the third

    def test_overlaps_keep_the_few_among_them(self):
        # 3 old persons: neither the young nor all without them
        for between in ("age=young,*", "age=old,*", "*,age=young", "sex=M;age=young,sex=M"):
            one, = json.loads(self.overlap(between, "--threshold", "5").stdout)["estimates"]
            self.assertTrue(one["withheld"], between)
        self.assertFalse(json.loads(self.overlap("sex=F,*", "--threshold", "5").stdout)["estimates"][0]["withheld"])
        done = self.overlap("sex=F,region=a|b", "--ledger")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("share nobody", done.stderr)
        self.assertEqual(self.overlap("sex=F,*", "--ledger").returncode, 0)

    def test_a_group_is_the_whole_with_where(self):
        one = json.loads(run("survey", PACKAGE, "food_insecure", "--where", "sex_of_head=female", "-f", "json").stdout)
        both = json.loads(run("survey", PACKAGE, "food_insecure", "--by", "sex_of_head", "-f", "json").stdout)
        for key in ("estimate", "se", "df", "low", "high", "n", "out_of_domain"):
            self.assertEqual(one["estimates"][0][key], both["estimates"][0][key])

    def test_design_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            design = pathlib.Path(folder, "design.json")
            design.write_text('{"weight": "weight", "strata": "stratum", "clusters": "psu"}')
            done = run("survey", PACKAGE / "households.csv", "food_insecure", "--design", design)
            self.assertEqual(done.returncode, 1)
            self.assertIn('error[MTM-E206]: stratum "XX04-idp" has a single unit', done.stderr)

    def test_columns_widen_where_they_must(self):
        """More words than one byte numbers, then two; weights of more decimals and digits than those before; lines that jump."""
        from decimal import Decimal
        weights = ["1", "1.5", "0.125", "20.0001", "3", "0.000000001", "12345678901.25", "7"]
        with tempfile.TemporaryDirectory() as folder:
            design, data = pathlib.Path(folder, "design.json"), pathlib.Path(folder, "data.csv")
            design.write_text('{"weight": "w", "clusters": "c", "id": "u"}')
            for n, step in ((300, 1), (300, 50), (70000, 10000)):
                rows, total, yes = ["w,c,u,food"], Decimal(0), Decimal(0)
                for i in range(n):
                    weight = weights[min(i // step, len(weights) - 1)]
                    rows.append(f"{weight},c{i},u{i},{'yes' if i % 3 else 'no'}" + ("\n" if i == n // 2 else ""))
                    total += Decimal(weight)
                    yes += Decimal(weight) if i % 3 else 0
                rows.append(f"1,c{n},u{n - 1},no")
                data.write_text("\n".join(rows) + "\n")
                one, = json.loads(run("survey", data, "food", "--answer", "yes", "--design", design, "-f", "json").stdout)["estimates"]
                self.assertEqual(Decimal(one["weight"]), total)
                self.assertAlmostEqual(one["estimate"], float(yes / total), 12)
                self.assertEqual(one["df"], n - 1)
                self.assertIn(f"data.csv:{n + 3}: error[MTM-E202]: an interview that was read before, on line {n + 2}",
                              run("survey", data, "--design", design).stdout)

    def test_a_unit_alone_at_a_later_stage_names_the_unit_above(self):
        with tempfile.TemporaryDirectory() as folder:
            design, data = pathlib.Path(folder, "design.json"), pathlib.Path(folder, "data.csv")
            data.write_text("town,house,towns,houses,food\na,1,9,5,yes\na,2,9,5,no\nb,1,9,5,yes\n")
            design.write_text('{"clusters": ["town", "house"], "fpc": ["towns", "houses"]}')
            done = run("survey", data, "food", "--design", design)
            self.assertIn('data.csv:4: error[MTM-E206]: cluster "b" has a single unit at stage 2', done.stderr)

    def test_the_order_of_the_rows_does_not_show(self):
        """Sorted by stratum and cluster, clusters as long runs between those of other strata, and single rows in any order."""
        rows = list(csv.DictReader(open(PACKAGE / "households.csv")))
        orders = {"sorted": sorted(rows, key=lambda row: (row["stratum"], row["psu"])),
                  "runs": sorted(rows, key=lambda row: (row["psu"][::-1], row["psu"])),
                  "scattered": random.Random(1).sample(rows, len(rows))}
        stages = {"clusters": ["psu", "household"], "fpc": ["psus_in_stratum", "households_in_psu"]}
        asked = [("food_insecure", "--by", "population_group"), ("income_usd", "--by", "sex_of_head"),
                 ("food_insecure", "--between", "sex_of_head=female,*"), ("food_insecure", "--by", "population_group", "--statistic", "chi-square")]
        with tempfile.TemporaryDirectory() as folder:
            design = pathlib.Path(folder, "design.json")
            for own in (stages, {"clusters": "psu"}, {}):
                design.write_text(json.dumps({"weight": "weight", "strata": "stratum", "lonely": "adjust", **own}))
                found = {}
                for name, ordered in orders.items():
                    data = pathlib.Path(folder, f"{name}.csv")
                    with open(data, "w", newline="") as file:
                        writer = csv.DictWriter(file, rows[0].keys())
                        writer.writeheader()
                        writer.writerows(ordered)
                    found[name] = [one[key] for question in asked for one in json.loads(run(
                        "survey", data, *question, "--design", design, "-f", "json").stdout)["estimates"] for key in ("estimate", "se", "df", "n")]
                for name in ("runs", "scattered"):
                    for one, other in zip(found["sorted"], found[name]):
                        self.assertTrue(one == other or abs(one - other) <= 1e-12 * abs(one), (name, own, one, other))

    def test_an_answer_that_nobody_gave(self):
        """All said no: yes is 0 per cent. Where nobody answered there is no share; a word that is no answer is still refused."""
        with tempfile.TemporaryDirectory() as folder:
            data, design = pathlib.Path(folder, "data.csv"), pathlib.Path(folder, "design.json")
            data.write_text("c,debt,empty,sector\n" + "".join(f"{i},no,,trade\n" for i in range(40)))
            design.write_text("{}")
            def ask(*arguments):
                return run("survey", data, *arguments, "--design", design, "-f", "json")
            one, = json.loads(ask("debt", "--answer", "yes").stdout)["estimates"]
            self.assertEqual((one["estimate"], one["n"], one["contributors"], one["method"], one["low"]), (0, 40, 0, "beta", 0))
            one, = json.loads(ask("empty", "--answer", "yes").stdout)["estimates"]
            self.assertEqual((one["estimate"], one["n"], one["missing"], one["reason"]), (None, 0, 40, "nobody answered"))
            for question, answer in (("debt", "yess"), ("debt", "No"), ("sector", "yes")):
                self.assertIn(f'no answer "{answer}"', ask(question, "--answer", answer).stderr)

    def test_the_median_is_a_quantile(self):
        found = [run("survey", PACKAGE, "income_usd", *more).stdout for more in (("--statistic", "median"), ("--statistic", "quantile"), ("--quantile", "0.5"))]
        self.assertEqual(found[1:], found[:1] * 2)

    def test_refuses(self):
        for arguments, said in ((("nothing",), "no question of this name"), (("needs", "--level", "200"), "--level"),
                                (("needs", "--statistic", "mode"), "statistic"), (("income_usd", "--statistic", "median", "--quantile", "0.2"), "--quantile"), (("needs", "--by", "x"), '"x"'),
                                (("income_usd", "--between", "a,b"), '"by"')):
            done = run("survey", PACKAGE, *arguments)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(said, done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
