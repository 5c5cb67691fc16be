"""Flow monitoring and registrations against every row of dtm/made-expected.tsv, which was computed apart from the library; and what
must hold of subsets, which are no parts."""
import csv
import json
import random
import re
import unittest

from program import SOURCE, ProgramTest, run

FLOW, REGISTER = SOURCE / "examples/flow-monitoring", SOURCE / "examples/registrations"


def answers(file):
    with open(SOURCE / "tests/golden/dtm/made-expected.tsv", encoding="utf-8") as text:
        return [row for row in csv.DictReader(text, delimiter="\t") if row["file"] == file]


class Asking(ProgramTest):
    def result(self, package, indicator, period, *more):
        return json.loads(self.fine("compute", package, indicator, "--period", period, "-f", "json", *more))

    def rows(self, package, indicator, period):
        found = self.result(package, indicator, period)
        return {row["code"]: row["value"] for row in found["breakdown"]["rows"]}


class FlowExpected(Asking):
    def answer(self, row):
        """Which test a row has; what it asks is asked."""
        question, answer = row["question"], row["answer"]
        point = re.match(r"(.*), (2024-Q\d): movements observed; days open of days; days not known$", question)
        whole = re.match(r"all points, (2024-Q\d)$", question)
        if point is not None:
            fmp, period = point.groups()
            movements, days, unknown = re.match(r"(\d+); (\d+) of \d+; (\d+)$", answer).groups()
            self.assertEqual(self.rows(FLOW, "movements-observed-by-point", period)[fmp], movements)
            self.assertEqual(self.rows(FLOW, "point-days-open", period)[fmp], days)
            notes = " ".join(self.result(FLOW, "movements-observed-by-point", period)["notes"])
            self.assertIn(f"{fmp} ({row['note'].split()[-1]})", notes)
            return {period: int(unknown)}
        if whole is not None:
            self.assertEqual(self.result(FLOW, "movements-observed", whole.group(1))["value"], answer)
        elif question == "change Q1 -> Q2 of all points":
            previous = self.result(FLOW, "movements-observed", "2024-Q2")["comparisons"][0]
            self.assertEqual((previous["percent"], previous["reason"]), (None, "extent-differs"))
        else:
            period = re.match(r"unaccompanied children, (2024-Q\d): sum; groups with children without the answer$", question).group(1)
            people, silent = answer.split("; ")
            self.assertEqual(self.rows(FLOW, "vulnerable-observed", period), {"UAC": people})
            self.assertEqual(self.result(FLOW, "vulnerable-not-said", period)["value"], silent)
        return {}

    def test_every_row(self):
        unknown = {}
        for row in answers("made-flow-registry.csv"):
            for period, days in self.answer(row).items():
                unknown[period] = unknown.get(period, 0) + days
        self.assertEqual(len(answers("made-flow-registry.csv")), 10)
        for period, days in unknown.items():
            self.assertEqual(int(self.rows(FLOW, "point-days-by-state", period).get("NOT_KNOWN", 0)), days)

    def test_the_average_is_over_the_days_open(self):
        for period, movements, days in (("2024-Q1", 2755, 260), ("2024-Q2", 2292, 228)):
            report = json.loads(self.fine("report", FLOW, "--period", period, "-f", "json"))
            found = [one for section in report["sections"] for one in section["indicators"] if one["id"] == "daily-average-observed"]
            self.assertEqual(found[0]["value"], f"{movements / days:.2f}")
        alone = self.result(FLOW, "daily-average-observed", "2024-Q2")
        self.assertIsNone(alone["value"])  # the days are no secret, so that it would tell the movements, which are not printed


class RegisterExpected(Asking):
    def test_every_row(self):
        said = self.fine("check", REGISTER)
        rows = answers("made-registration.csv")
        self.assertEqual(len(rows), 4)
        for row in rows:
            day = re.match(r"persons present on ([\d-]+),", row["question"])
            if day is not None:
                total, sites, sexes = re.match(r"(\d+): (.*); (.*)$", row["answer"]).groups()
                period = {"2024-03-31": "2024-Q1", "2024-06-30": "2024-Q2"}[day.group(1)]
                self.assertEqual(self.result(REGISTER, "registered-persons", period)["value"], total)
                for indicator, parts in (("registered-by-site", sites), ("registered-by-sex", sexes)):
                    words = parts.split()
                    self.assertEqual(self.rows(REGISTER, indicator, period), dict(zip(words[::2], words[1::2])))
            elif row["question"].startswith("records"):
                records, repeats, persons, households = row["answer"].split("; ")
                self.assertRegex(said, rf"{records} rows = {persons} persons \+ {repeats} repeats .*; {households} households")
            else:
                self.assertIn(f"+ {row['answer']} superseded", said)


class Subsets(Asking):
    FIELDS = [{"name": "date", "mtm": {"role": "period"}}, {"name": "fmp", "mtm": {"role": "dimension", "dimension": "fmp"}},
              {"name": "men", "mtm": {"role": "value", "members": {"sex": "M", "age-group": "18+"}}},
              {"name": "boys", "mtm": {"role": "value", "members": {"sex": "M", "age-group": "0-17"}}},
              {"name": "girls", "mtm": {"role": "value", "members": {"sex": "F", "age-group": "0-17"}}}]

    def package(self, header, rows, *subsets):
        folder = self.folder / "package"
        folder.mkdir(exist_ok=True)
        (folder / "registry.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        fields = [field for field in self.FIELDS if field["name"] in header.split(",")]
        fields += [{"name": name, "mtm": {"role": "subset", "members": {"vulnerable-group": code}, "of": of}} for name, code, of in subsets]
        (folder / "datapackage.json").write_text(json.dumps({"name": "made", "resources": [{
            "name": "registry", "path": "registry.csv", "schema": {"fieldsMatch": ["subset"], "fields": fields},
            "mtm": {"concept": "flow-monitoring", "unit": "movements", "microdata": True, "covers": ["2024-01"]}}]}), encoding="utf-8")
        return folder

    UAC = ("uac", "UAC", ["boys", "girls"])

    def test_random_registries(self):
        """Sums and silences by hand; and movements do not know the subset."""
        chance = random.Random(14)
        for _ in range(6):
            rows, people, silent, movements = [], 0, 0, 0
            for _ in range(chance.randint(30, 60)):
                men, boys, girls = chance.randint(0, 9), chance.choice(["", 0, 1, 2, 3]), chance.choice(["", 0, 1, 4])
                children = (boys or 0) + (girls or 0)
                uac = chance.choice(["", chance.randint(0, children)])
                rows.append(f"2024-01-{chance.randint(1, 31):02},{chance.choice('ABC')},{men},{boys},{girls},{uac}")
                people += uac or 0
                silent += uac == "" and children > 0
                movements += men + children
            package = self.package("date,fmp,men,boys,girls,uac", rows, self.UAC)
            off = ("--threshold", "off")
            self.assertEqual(self.result(package, "vulnerable-observed", "2024-01", *off)["value"], str(people))
            self.assertEqual(self.result(package, "vulnerable-not-said", "2024-01", *off)["value"], str(silent))
            self.assertEqual(self.result(package, "movements-observed", "2024-01", *off)["value"], str(movements))

    def test_a_subset_above_its_whole(self):
        package = self.package("date,fmp,men,boys,girls,uac", ["2024-01-01,A,5,1,1,3", "2024-01-31,A,5,1,1,2"], self.UAC)
        done = run("check", package)
        self.assertIn("registry.csv:2:20: error[MTM-E178]", done.stdout)
        self.assertIn("1 row of 3 refused", done.stdout)
        counted = run("compute", package, "movements-observed", "--period", "2024-01", "--threshold", "off", "-f", "json")
        self.assertNotIn('"14"', counted.stdout)  # the refused row is in no figure

    def test_several_subsets_have_no_total(self):
        """One person may be in both."""
        rows = [f"2024-01-{day:02},A,5,6,6,{uac},{ill}" for day, uac, ill in ((1, 5, 12), (2, 6, 10), (31, 7, 11))]
        package = self.package("date,fmp,men,boys,girls,uac,ill", rows, self.UAC, ("ill", "MEDICAL", ["men", "boys", "girls"]))
        found = self.result(package, "vulnerable-observed", "2024-01", "--threshold", "off")
        self.assertIsNone(found["value"])
        self.assertEqual({row["code"]: row["value"] for row in found["breakdown"]["rows"]}, {"UAC": "18", "MEDICAL": "33"})

    def test_a_sensitive_table_is_withheld_below_ten(self):
        rows = [f"2024-01-{day:02},A,{50 + day},6,6,{uac}" for day, uac in ((1, 5), (2, 2), (31, 0))]
        package = self.package("date,fmp,men,boys,girls,uac", rows, self.UAC)
        for threshold in ((), ("--threshold", "5")):
            self.assertIsNone(self.result(package, "vulnerable-observed", "2024-01", *threshold)["value"])
        self.assertEqual(self.result(package, "vulnerable-observed", "2024-01", "--threshold", "off")["value"], "7")

    def test_what_a_subset_must_say(self):
        for mtm, word in (({"role": "subset", "members": {"vulnerable-group": "UAC"}}, "of"),
                          ({"role": "subset", "of": ["boys"]}, "members"), ({"role": "ignore", "of": ["boys"]}, "of"),
                          ({"role": "subset", "members": {"vulnerable-group": "UAC"}, "of": ["others"]}, "others")):
            package = self.package("date,fmp,men,boys,girls,uac", ["2024-01-01,A,1,1,1,1"])
            text = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
            text["resources"][0]["schema"]["fields"].append({"name": "uac", "mtm": mtm})
            (package / "datapackage.json").write_text(json.dumps(text), encoding="utf-8")
            done = run("compute", package, "movements-observed", "--period", "2024-01")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(word, done.stderr)

    def test_init_makes_a_subset_of_children(self):
        file = self.folder / "registre.csv"
        file.write_text("date,fmp,hommes,femmes,garçons,filles,enfants non accompagnés\n2024-01-01,A,1,1,2,1,1\n2024-01-31,A,9,9,20,10,11\n",
                        encoding="utf-8")
        package = self.folder / "proposed"
        self.fine("init", package, file)
        fields = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
        self.assertEqual([field["mtm"]["of"] for field in fields if field["mtm"]["role"] == "subset"], [["garçons", "filles"]])


if __name__ == "__main__":
    unittest.main()
