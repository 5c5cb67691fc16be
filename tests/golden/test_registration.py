"""Registrations: who is one person, stocks, arrivals and exits, against a plain reading of the same rows; nothing that names
a person comes out."""
import collections
import csv
import datetime
import io
import json
import random
import shutil
import unittest

from program import SOURCE, ProgramTest, run

MADE = SOURCE / "examples/registrations/registrations.csv"
HEADER = ["family", "person", "name", "site", "in", "out", "sex", "born"]
FIELDS = [{"name": "person", "mtm": {"role": "id", "dedupe": True}}, {"name": "family", "mtm": {"role": "household"}},
          {"name": "site", "mtm": {"role": "dimension", "dimension": "site"}}, {"name": "in", "mtm": {"role": "entered"}},
          {"name": "out", "mtm": {"role": "left"}}, {"name": "born", "mtm": {"role": "birth-year"}}]


def day(text):
    return datetime.date.fromisoformat(text)


def make_rows(seed, persons):
    """Registrations sent twice, transfers, exits, returns, other sexes, births not stated. At most one a day and person."""
    chance = random.Random(seed)
    rows = []
    for number in range(persons):
        born, sex = str(chance.randint(1940, 2023)), chance.choice("FM")
        at = datetime.date(2023, 12, 20) + datetime.timedelta(chance.randint(0, 200))
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            left = "" if chance.random() < 0.6 else str(at + datetime.timedelta(chance.randint(0, 90)))
            row = [f"HH-{number // 4}", f"ID-{number}-x", f"Name{number} Surname", chance.choice("ABC"), str(at), left,
                   chance.choice("FM") if chance.random() < 0.05 else sex, born if chance.random() < 0.9 else ""]
            rows += [row] * chance.choice([1, 1, 1, 2])
            at += datetime.timedelta(chance.randint(1, 60))
    chance.shuffle(rows)
    return rows


def settle(rows):
    """The rules of docs/registration.md, plainly: stays of each person, and the balance."""
    distinct = sorted(set(map(tuple, rows)))
    balance = {"rows": len(rows), "repeats": len(rows) - len(distinct), "superseded": 0, "conflicts": 0}
    of = collections.defaultdict(list)
    for row in distinct:
        of[row[1]].append(row)
    stays = {}
    for person, group in of.items():
        good, sex, born = [], None, None
        for row in sorted(group, key=lambda r: r[4]):
            if (sex and row[6] != sex) or (born and row[7] and row[7] != born):
                balance["conflicts"] += 1
                continue
            sex, born = row[6], born or row[7]
            good.append(row)
        balance["superseded"] += len(good) - 1
        stays[person] = []
        for i, row in enumerate(good):
            end = min([day(row[5])] if row[5] else [] + [], default=datetime.date.max)
            if i + 1 < len(good):
                end = min(end, day(good[i + 1][4]))
            stays[person].append((day(row[4]), end, row[3], row[6], row[0]))
    balance["persons"] = len(stays)
    return stays, balance


class Registration(ProgramTest):
    def write(self, name, rows):
        path = self.folder / name
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER] + [list(row) for row in rows])
        return path

    def resource(self):
        path = self.folder / "resource.json"
        path.write_text(json.dumps({"name": "people", "schema": {"fieldsMatch": ["subset"], "fields": FIELDS},
                                    "mtm": {"frame": {"site": ["A", "B", "C"]}}}))  # few persons may have a site that is declared
        return path

    def tables(self, *arguments):
        text = self.fine("tabulate", "--resource", self.resource(), "--format", "csv", "-q", *arguments)
        return [list(csv.DictReader(io.StringIO(part))) for part in text.split("\n\n")]

    def test_stocks_and_movements(self):
        for seed in range(6):
            rows = make_rows(seed, 150)
            path = self.write("people.csv", rows)
            stays, balance = settle(rows)
            stock, moves, houses = self.tables("--by", "site", "--period", "month", path)
            everybody = [stay for person in stays.values() for stay in person]
            for line in stock:
                at = day(line["period"])
                present = [s for s in everybody if s[0] <= at < s[1] and s[2] == line["site"]]
                self.assertEqual(int(line["value"]), len(present), (seed, line))
            for line in houses:
                at = day(line["period"])
                present = {s[4] for s in everybody if s[0] <= at < s[1] and line["site"] in (s[2], "_T")}
                self.assertEqual(int(line["value"]), len(present), (seed, line))
            entered = sum(int(line["value"]) for line in moves if line["event"] == "entered")
            arrivals = sum(i == 0 or person[i - 1][1] != stay[0] for person in stays.values() for i, stay in enumerate(person))
            self.assertEqual(entered, arrivals)
            self.check_identity(stock, moves)
            said = self.fine("check", "--resource", self.resource(), path) if balance["conflicts"] == 0 else run(
                "check", "--resource", self.resource(), path).stdout
            self.assertIn(f"{balance['rows']} rows = {balance['persons']} persons + {balance['repeats']} repeats + "
                          f"{balance['superseded']} superseded + {balance['conflicts']} conflict", said)

    def check_identity(self, stock, moves):
        """Stock(d2) = Stock(d1) + entered + moved in - left - moved out, place by place."""
        of = collections.defaultdict(list)
        for line in stock:
            of[line["site"]].append(int(line["value"]))
        change = collections.Counter()
        signs = {"entered": 1, "moved-in": 1, "left": -1, "moved-out": -1}
        for line in moves:
            change[line["site"], line["period"]] += signs[line["event"]] * int(line["value"])
        periods = sorted({line["period"] for line in moves})
        for site, values in of.items():
            self.assertEqual(len(values), len(periods))
            for before, after, period in zip([0] + values, values, periods):
                self.assertEqual(after, before + change[site, period], (site, period))

    def test_ages_are_at_the_day(self):
        rows = [["h", "p", "n", "A", "2023-12-31", "", "F", "2006"]]
        table = self.tables("--by", "age", "--ages", "0,18", "--period", "quarter", self.write(
            "one.csv", rows + [["h", "q", "n", "A", "2024-05-01", "2024-05-02", "M", "1990"]]))[0]
        self.assertEqual([(t["period"], t["age"], t["value"]) for t in table if t["value"] != "0"],
                         [("2023-12-31", "0-17", "1"), ("2024-03-31", "18+", "1"), ("2024-05-02", "18+", "1")])

    def test_neither_order_nor_files_nor_threads_show(self):
        rows = make_rows(9, 400)
        whole = self.write("whole.csv", rows)
        asked = ["--by", "site", "--by", "sex,age", "--ages", "0,18,60"]
        expected = self.tables(*asked, whole)
        random.Random(1).shuffle(rows)
        parts = [self.write(f"part{i}.csv", rows[i::3]) for i in range(3)]
        self.assertEqual(self.tables(*asked, self.write("shuffled.csv", rows)), expected)
        self.assertEqual(self.tables(*asked, *parts), expected)
        self.assertEqual(self.tables(*asked, *reversed(parts)), expected)
        self.assertEqual(self.tables(*asked, "--threads", "4", whole), expected)
        quoted = self.folder / "quoted.csv"
        with open(quoted, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER] + [list(row) for row in rows])
        self.assertEqual(self.tables(*asked, quoted), expected)
        self.assertEqual(self.tables(*asked, "--force", quoted, whole), expected)

    def test_two_registrations_on_one_day(self):
        a = ["h", "p", "n", "A", "2024-01-01", "", "F", "1990"]
        b = ["h", "p", "n", "B", "2024-01-01", "", "F", "1990"]
        gone = ["h", "p", "n", "A", "2024-01-01", "2024-01-05", "F", "1990"]
        stay = ["h", "q", "n", "C", "2024-02-01", "", "F", "1990"]
        for rows in ([a, b, stay], [b, a, stay]):  # whichever comes first, one holds, and always the same one
            stock = self.tables("--by", "site", self.write("day.csv", rows))[0]
            self.assertEqual([(s["site"], s["value"]) for s in stock], [("B", "1"), ("C", "1")])
        for rows in ([a, gone, stay], [gone, a, stay]):
            stock = self.tables("--period", "month", self.write("gone.csv", rows))[0]
            self.assertEqual([s["value"] for s in stock], ["0", "1"])

    def test_no_id_and_no_name_comes_out(self):
        rows = make_rows(3, 60)
        rows += [["HH-1", "ID-1-x", "Smith", "John", "A", "2024-01-01", "", "F", "1990"], ["HH-2", "", "Nameless", "A",
                  "2024-01-01", "", "F", "1990"], ["HH-3", "ID-9-x", "Late", "A", "2024-01-32", "", "F", "1990"],
                 ["HH-3", "ID-9-x", "Early", "A", "2024-01-30", "2024-01-01", "F", "1990"]]
        path = self.write("people.csv", rows)
        rejects = self.folder / "rejects.csv"
        texts = []
        for form in ("text", "json", "csv"):
            texts.append(run("tabulate", "--resource", self.resource(), "--by", "site", "-f", form, "--rejects", rejects, path))
            texts.append(run("check", "--resource", self.resource(), "-f", form if form != "csv" else "text", "--rejects",
                             rejects, path))
        said = "".join(t.stdout + t.stderr for t in texts) + rejects.read_text(encoding="utf-8")
        self.assertIn("MTM-E180", said)
        for row in rows:
            for secret in row[:3]:
                if secret:
                    self.assertNotIn(secret, said)

    def typed(self, name, words):
        """Two sites of twenty persons each, and words that stand in the column of sites: of one person, who is registered so again
        and again, of nine and of ten."""
        rows = [[f"HH-{n}", f"ID-{n}-x", "n", "North" if n < 20 else "South", f"2024-01-{n % 28 + 1:02}", "", "F", "1990"] for n in range(40)]
        rows += [["HH-77", "ID-77-x", "n", words[0], f"2024-02-{n + 1:02}", "", "F", "1990"] for n in range(12)]
        for word, first, many in ((words[1], 100, 9), (words[2], 200, 10)):
            rows += [[f"HH-{n}", f"ID-{n}-x", "n", word, "2024-02-01", "", "M", "1980"] for n in range(first, first + many)]
        return self.write(name, rows)

    def test_names_in_the_column_of_sites(self):
        """They are told by their line where fewer than ten persons have them, however often these were registered; and neither their
        letters nor the order of files shows."""
        package = self.folder / "package"
        package.mkdir()
        (package / "datapackage.json").write_text(json.dumps({"name": "people", "mtm": {"period": "2024-Q1"}, "resources": [
            {"name": "people", "path": "people.csv", "schema": {"fieldsMatch": ["subset"], "fields": FIELDS},
             "mtm": {"concept": "displacement", "kind": "stock", "unit": "persons", "microdata": True, "covers": ["2024-Q1"]}}]}))
        resource = self.folder / "plain.json"
        resource.write_text(json.dumps({"name": "people", "schema": {"fieldsMatch": ["subset"], "fields": FIELDS}}))
        said = []
        for words in (("Aigerim Seitkali", "KZ-0042", "Ten Wells"), ("Zhanar Ospanova", "XY-9999", "Ten Wells")):
            path = self.typed("package/people.csv", words)
            texts = [run("tabulate", "--resource", resource, "--by", "site", "-f", form, path).stdout for form in ("text", "json", "csv")]
            texts += [self.fine("report", package, "-f", form) for form in ("text", "json", "html")]
            texts.append(self.fine("compute", package, "registered-by-site", "-f", "json"))
            ledger = self.folder / "published.mtm"
            texts.append(self.fine("report", package, "--ledger", ledger) + ledger.read_text(encoding="utf-8"))
            ledger.unlink()
            for text in texts:
                for word in words[:2]:
                    self.assertNotIn(word, text)
            self.assertIn("Ten Wells", texts[2])
            self.assertIn("\u22ef 42", texts[2])
            self.assertIn("\u22ef 54", texts[2])
            said.append([text for text in texts[:7]])
        self.assertEqual(said[0], said[1])
        one, other = self.typed("one.csv", ("Aigerim Seitkali", "KZ-0042", "Ten Wells")), self.folder / "other.csv"
        other.write_text(one.read_text().replace("ID-", "XD-").replace("HH-", "GH-").replace("Aigerim", "Bolat").replace("KZ-0042", "KZ-0043"))
        told = [self.fine("tabulate", "--resource", resource, "--by", "site", "-f", "csv", "-q", *files) for files in ((one, other), (other, one))]
        self.assertEqual(told[0], told[1])
        self.assertRegex(told[0], r"\u22ef 1\.42.*(?s:.*)\u22ef 2\.42")

    def test_what_cannot_be(self):
        lines = self.refused(1, "tabulate", "--resource", self.resource(), "--filter", "site=A", self.crossings)
        self.assertIn("would not be seen leaving", " ".join(lines))
        lines = self.refused(1, "tabulate", "--resource", self.resource(), self.crossings)
        self.assertIn("no column", " ".join(lines))

    def test_made_registrations(self):
        package = MADE.parent
        said = self.fine("check", package)
        self.assertIn("778 rows = 712 persons + 36 repeats + 30 superseded + 0 conflicts; 180 households", said)
        tables = self.fine("tabulate", "--resource", self.made(), "--by", "site", "--by", "sex", "-f", "csv", "-q", MADE)
        stock = {(t[1], t[0]): t[2] for t in map(lambda line: line.split(","), tables.splitlines()) if len(t) == 4}
        for at, people in (("2024-03-31", (100, 161, 162, 202, 221)), ("2024-06-30", (171, 196, 203, 286, 284))):
            for member, number in zip(("XX0103", "XX0203", "XX0403", "F", "M"), people):
                self.assertIn(f"{at},{member},{number},A", tables)
        self.assertTrue(stock)

    def test_indicators_of_registrations(self):
        found = {}
        for indicator in ("registered-persons", "registered-households", "registration-arrivals", "registration-exits"):
            for period in ("2024-Q1", "2024-Q2"):
                result = json.loads(self.fine("compute", MADE.parent, indicator, "--period", period, "-f", "json"))
                figure = result["indicators"][0] if "indicators" in result else result
                found[indicator, period] = figure["value"]
        persons = [int(found["registered-persons", p]) for p in ("2024-Q1", "2024-Q2")]
        self.assertEqual(persons, [423, 570])
        self.assertEqual(persons[1], persons[0] + int(found["registration-arrivals", "2024-Q2"]) -
                         int(found["registration-exits", "2024-Q2"]))
        for language, word in (("en", "Registered persons"), ("ru", "Зарегистрированные лица"), ("kk", "Тіркелген адамдар")):
            text = self.fine("report", MADE.parent, "--language", language, "-f", "text")
            self.assertIn(word, text)
            self.assertIn("570", text)
            self.assertNotRegex(text, r"P\d{5}|H\d{4}")

    def test_report_says_what_is_in_no_figure(self):
        package = self.folder / "package"
        shutil.copytree(MADE.parent, package)
        with open(package / MADE.name, encoding="utf-8") as file:
            rows = list(csv.reader(file))
        names = [name.strip() for name in rows[0]]
        fields = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
        place = {f["mtm"]["role"] if f["mtm"]["role"] != "dimension" else f["mtm"].get("dimension", f["name"]): names.index(f["name"])
                 for f in fields}
        other, broken = list(rows[1]), list(rows[2])
        other[place["sex"]] = "F" if other[place["sex"]] == "M" else "M"
        other[place["entered"]] = "2024-06-29"
        broken[place["entered"]] = "2024-06-31"
        with open(package / MADE.name, "a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([other, broken])
        text = self.fine("report", package, "-f", "json", "--threshold", "off")
        self.assertIn("Rows that could not be read and are in no figure: 1 of 780", text)
        self.assertIn("because their id is that of a person of another sex or year of birth: 1 of 779", text)

    def made(self):
        resource, = json.loads((MADE.parent / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        resource.get("mtm", {}).pop("tabulate", None)
        path = self.folder / "made.json"
        path.write_text(json.dumps(resource))
        return path



class Parts(ProgramTest):
    """One register in two files, counted apart: under one key a person of both is one."""

    def test_parts_are_merged_under_one_key(self):
        lines = MADE.read_text(encoding="utf-8").splitlines()
        resource = json.loads((MADE.parent / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
        (self.folder / "resource.json").write_text(json.dumps({"schema": resource["schema"], "mtm": resource["mtm"]}), encoding="utf-8")
        key = self.folder / "key"
        key.write_text("00112233445566778899aabbccddeeff\n")
        states = []
        for number, part in enumerate((lines[1::2], lines[2::2])):
            file = self.folder / f"part-{number}.csv"
            file.write_text("\n".join([lines[0], *part]) + "\n", encoding="utf-8")
            states.append(self.folder / f"{number}.state")
            self.fine("tabulate", file, "--resource", self.folder / "resource.json", "--key-file", key, "--save", states[-1], "-o", self.folder / "x.txt")
        self.fine("tabulate", MADE, "--resource", self.folder / "resource.json", "--key-file", key, "--save", self.folder / "whole.state",
                  "-o", self.folder / "x.txt")
        whole = self.fine("tabulate", "--load", self.folder / "whole.state", "--key-file", key, "-f", "csv")
        self.fine("merge", *states, "--key-file", key, "-o", self.folder / "both.state")
        both = self.fine("tabulate", "--load", self.folder / "both.state", "--key-file", key, "-f", "csv")
        self.assertEqual(sorted(both.splitlines()), sorted(whole.splitlines()))
        key.write_text("ff112233445566778899aabbccddeeff")
        self.assertNotEqual(run("merge", *states, "--key-file", key, "-o", self.folder / "other.state").returncode, 0)
        key.write_text("not a key")
        self.assertIn("hexadecimal", run("tabulate", "--load", states[0], "--key-file", key).stderr)


if __name__ == "__main__":
    unittest.main()
