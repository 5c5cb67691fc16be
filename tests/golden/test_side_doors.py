"""Nothing personal leaves by the side door: every name and id that goes in with a confidential resource, with a register or with
the answers of a survey is looked for in messages, refused rows, saved states, ledgers, proposals and reports."""
import copy
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", "build"))
PROGRAM = BUILD / "examples" / "mtm" / "mtm"
NAMES = ["Qarlygash", "Dzhumabekov", "Nurzhanov"]
IDS = [f"ZX90011{n}" for n in range(7)]
FORMS = ("text", "markdown", "html", "json", "csv", "sdmx-csv", "xlsx", "ods", "docx", "pptx", "sdmx-ml", "sdmx-structure",
         "sdmx-json-structure", "sdmx-json", "json-stat", "json-ld", "csvw")
RESOURCE = {
    "name": "crossings", "path": "crossings.csv", "format": "csv", "encoding": "utf-8",
    "schema": {"fields": [
        {"name": "id", "type": "string", "mtm": {"role": "id"}},
        {"name": "name", "type": "string", "mtm": {"role": "ignore"}},
        {"name": "date", "type": "string", "mtm": {"role": "period"}},
        {"name": "direction", "type": "string", "mtm": {"role": "dimension", "dimension": "direction"}},
        {"name": "citizenship", "type": "string", "mtm": {"role": "dimension", "dimension": "citizenship"}}]},
    "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "microdata": True, "confidential": True,
            "publisher": "Border Service"}}


class Doors(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)

    def package(self, resource, period="2024-Q2"):
        (self.folder / "datapackage.json").write_text(json.dumps(
            {"name": "persons", "resources": [resource], "mtm": {"country": "KAZ", "period": period}}))
        (self.folder / "resource.json").write_text(json.dumps(resource))

    def assert_clean(self, where, data, words=None):
        found = [one for one in words or NAMES + IDS if one.encode() in data]
        self.assertEqual(found, [], where)

    def run_program(self, *arguments, code, words=None):
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assert_clean(arguments, done.stdout + done.stderr, words)
        return done.stdout

    def check(self, words=None, code=1):
        for form in ("text", "json", "csv", "html"):
            self.run_program("check", self.folder, "--format", form, code=code, words=words)
        self.run_program("check", self.folder, "--show", code=code, words=words)
        self.run_program("check", self.folder, "--propose", code=0, words=words)
        self.run_program("check", self.folder, "--rejects", self.folder / "refused.csv", code=code, words=words)
        self.assert_clean("refused rows", (self.folder / "refused.csv").read_bytes(), words)
        return (self.folder / "refused.csv").read_bytes()

    def reports(self, *indicators):
        for form in FORMS:
            self.run_program("report", self.folder, "--format", form, "--ledger", self.folder / "ledger.mtm", code=0)
        for indicator in indicators:
            for command in ("compute", "explain"):
                for form in ("text", "json", "html", "csv"):
                    self.run_program(command, self.folder, indicator, "--format", form, code=0)
        if (self.folder / "ledger.mtm").exists():
            self.assert_clean("ledger", (self.folder / "ledger.mtm").read_bytes())

    def tabulate(self, *arguments, words=None):
        state, refused = self.folder / "counts.state", self.folder / "refused.csv"
        self.run_program("tabulate", "--resource", self.folder / "resource.json", *arguments, "--save", state, "--rejects", refused,
                         self.folder / "crossings.csv", code=0, words=words)
        self.assert_clean("state", state.read_bytes(), words)
        self.assert_clean("refused rows", refused.read_bytes(), words)
        self.assertIn(b"crossings.csv,5,", refused.read_bytes())
        again = self.folder / "again.csv"
        self.run_program("tabulate", "--load", state, "--rejects", again, code=0, words=words)
        self.assert_clean("refused rows of a state", again.read_bytes(), words)


class Events(Doors):
    def setUp(self):
        super().setUp()
        rows = ["id,name,date,direction,citizenship"]
        rows += [f"{IDS[n]},{NAMES[0]},2024-04-0{n + 1},IN,UZB" for n in range(3)]
        rows += [f"{IDS[3]},{NAMES[1]},2024-04-05,IN",              # a cell is missing
                 f"{IDS[4]},2024-04-05,IN,{NAMES[2]},UZB",          # shifted by one column
                 f"{IDS[5]},x,2024-04-06,IN,{NAMES[2]}",            # a label that no code list knows
                 f'{IDS[6]},"{NAMES[1]}" x,2024-04-07,IN,UZB']      # text after a quote
        (self.folder / "crossings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.package(RESOURCE)

    def test_checks_and_refused_rows(self):
        refused = self.check()
        self.assertIn(b"crossings.csv,5,", refused)
        self.assertIn(b"crossings.csv,6,", refused)

    def test_reports(self):
        self.reports("arrivals", "arrivals-by-origin")

    def test_states(self):
        self.tabulate("--by", "direction")
        for form in ("text", "json", "csv"):
            self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", "citizenship", "--threshold", "5",
                             "--format", form, self.folder / "crossings.csv", code=0)

    def test_a_file_without_its_header_row(self):
        """Then, or where rows were pasted over it, persons stand where names of columns are looked for."""
        path = self.folder / "crossings.csv"
        head, rows = path.read_text(encoding="utf-8").split("\n", 1)
        for text in (rows, rows.replace(f"{IDS[0]},{NAMES[0]}", f"{NAMES[0]},{NAMES[0]}", 1), f"{head},{NAMES[1]}\n{rows}",
                     f"{head},{NAMES[1]},{NAMES[1]}\n{rows}", head.replace("citizenship", IDS[0]) + "\n" + rows):
            path.write_text(text, encoding="utf-8")
            self.look_everywhere()
        resource = copy.deepcopy(RESOURCE)
        del resource["schema"]
        self.package(resource)
        self.look_everywhere()

    def look_everywhere(self):
        package, events = self.folder, (self.folder / "crossings.csv")
        for arguments in (*(("check", package, "--format", form) for form in ("text", "json", "csv", "html")), ("check", package, "--show"),
                          ("report", package), ("compute", package, "arrivals"),
                          ("tabulate", "--resource", package / "resource.json", "--by", "direction", events)):
            done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assert_clean(arguments, done.stdout + done.stderr)

    def test_rows_with_an_id_that_nobody_declared_confidential(self):
        """What a label says is no secret then; what a refused row says is."""
        resource = copy.deepcopy(RESOURCE)
        del resource["mtm"]["confidential"]
        self.package(resource)
        words = IDS + NAMES[1:2]
        self.check(words)
        self.tabulate("--by", "direction", words=words)


class Sites(Doors):
    """Names and ids in a column that has no code list, in rows that are otherwise right."""
    DECLARED = {"name": "site", "type": "string", "mtm": {"role": "dimension", "dimension": "site"}}
    BY_SITE = {"indicators": [{"id": "by-site", "section": "border-crossings", "title": "Crossings by site", "definition": "By site",
                               "concept": "border-crossings", "unit": "movements", "kind": "flow", "statistic": "sum",
                               "filter": {"direction": "IN"}, "breakdown": {"dimension": "site"}, "comparisons": ["previous-period"]}]}

    def setUp(self):
        super().setUp()
        self.write(NAMES[0], IDS[6], NAMES[2])
        self.resource = copy.deepcopy(RESOURCE)
        self.resource["schema"]["fields"].append(self.DECLARED)
        self.resource["mtm"]["covers"] = "2024-01-01/2024-06-30"
        self.package(self.resource)
        (self.folder / "catalogue.json").write_text(json.dumps(self.BY_SITE))

    def write(self, *words, name="crossings.csv", before=""):
        """Two sites with many rows, two words with one, and a word where a citizenship stands."""
        rows = [before] if before else []
        rows += ["id,name,date,direction,citizenship,site"]
        rows += [f"P{n:02d},x,2024-0{4 + n % 2}-0{n % 9 + 1},IN,{'UZB' if n % 3 else 'KGZ'},{'Northern' if n < 30 else 'Southern'} gate"
                 for n in range(50)]
        rows += [f"P{50 + n},x,2024-04-05,IN,UZB,{word}" for n, word in enumerate(words[:2])]
        rows += [f"P60,x,2024-05-05,IN,{words[2]},Northern gate"]
        (self.folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")

    def everything(self):
        """What each command says in each form."""
        said, catalogue = [], self.folder / "catalogue.json"
        for form in FORMS:
            said.append(self.run_program("report", self.folder, "--catalogue", catalogue, "--format", form, code=0))
        for language in ("ru", "kk"):
            said.append(self.run_program("report", self.folder, "--catalogue", catalogue, "--language", language, code=0))
        for form in ("text", "json", "html", "csv"):
            for command in ("compute", "explain"):
                said.append(self.run_program(command, self.folder, "by-site", "--catalogue", catalogue, "--format", form, code=0))
            said.append(self.run_program("check", self.folder, "--format", form, code=0))
        for form in ("text", "json", "csv"):
            for threshold in ((), ("--threshold", "5")):
                for by in ("site", "citizenship", "site,citizenship"):
                    said.append(self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", by, *threshold,
                                                 "--format", form, self.folder / "crossings.csv", code=0))
        for more in (("check", self.folder, "--show"), ("check", self.folder, "--propose")):
            said.append(self.run_program(*more, code=0))
        for command in (("report", self.folder), ("compute", self.folder, "by-site")):
            ledger = self.folder / "published.mtm"
            self.run_program(*command, "--catalogue", catalogue, "--ledger", ledger, code=0)
            self.assert_clean("ledger", ledger.read_bytes())
            ledger.unlink()
        return said

    def test_nothing_says_them(self):
        said = self.everything()
        told = b"".join(said).decode(errors="replace")
        self.assertIn("Northern gate", told)
        self.assertIn("\u22ef 52", told)  # the line where the name stands
        self.write("\u22ef 53", IDS[6], "UZB")  # a label that looks like a line
        self.everything()

    def test_other_words_change_no_byte(self):
        said = self.everything()
        self.write("Gulsara", "AB7654321", "Yermekov")
        self.assertEqual(said, self.everything())

    def test_words_of_several_files(self):
        """Lines of two files are told apart."""
        self.write(IDS[5], NAMES[1], "UZB", name="more.csv")
        more = self.folder / "more.csv"
        more.write_text(more.read_text().replace(",P", ",Q").replace("\nP", "\nQ"))
        for form in ("text", "json", "csv"):
            said = self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", "site", "--format", form,
                                    self.folder / "crossings.csv", more, code=0).decode()
            self.assertIn("\u22ef 1.52", said)
            self.assertIn("\u22ef 2.52", said)

    def test_what_is_declared_or_said_by_many_is_told(self):
        words = (NAMES[0], IDS[6], "UZB")
        sites = [NAMES[0], "Northern gate", "Southern gate"]
        alias = {"role": "dimension", "dimension": "site", "aliases": {NAMES[0]: NAMES[0]}}
        for field, frame in (({**self.DECLARED, "categories": sites}, True), (self.DECLARED, {"site": sites}),
                             ({"name": "site", "mtm": alias}, {})):
            self.resource["schema"]["fields"][-1] = field
            self.resource["mtm"]["frame"] = frame
            self.package(self.resource)
            told = self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", "site",
                                    self.folder / "crossings.csv", code=0, words=words[1:2]).decode()
            self.assertIn(NAMES[0], told, (field, frame))
        self.resource["schema"]["fields"][-1] = self.DECLARED
        del self.resource["mtm"]["frame"]
        self.package(self.resource)
        path = self.folder / "crossings.csv"
        path.write_text(path.read_text() + "".join(f"R{n},x,2024-04-05,IN,UZB,{NAMES[0]}\n" for n in range(9)))
        told = self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", "site", path, code=0,
                                words=words[1:2]).decode()
        self.assertIn(NAMES[0], told)


class Registers(Doors):
    def setUp(self):
        super().setUp()
        rows = ["id,name,site,sex,registered,left"]
        rows += [f"{IDS[n]},{NAMES[0]},XX01,F,2024-04-0{n + 1}," for n in range(3)]
        rows += [f"{IDS[0]},{NAMES[0]},XX02,M,2024-05-01,",         # another sex: a contradiction
                 f"{IDS[3]},{NAMES[1]},XX01,F",                     # cells are missing
                 f"{NAMES[2]},XX01,F,{IDS[4]},2024-04-05,",         # shifted
                 f"{IDS[5]},{NAMES[1]},XX01,F,2024-04-05,2024-01-01"]  # left before coming
        (self.folder / "crossings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.package({"name": "register", "path": "crossings.csv", "schema": {"fields": [
            {"name": "id", "mtm": {"role": "id", "dedupe": True}}, {"name": "name", "mtm": {"role": "ignore"}},
            {"name": "site", "mtm": {"role": "dimension", "dimension": "site"}},
            {"name": "sex", "mtm": {"role": "dimension", "dimension": "sex"}},
            {"name": "registered", "mtm": {"role": "entered"}}, {"name": "left", "mtm": {"role": "left"}}]},
            "mtm": {"concept": "displacement", "kind": "stock", "unit": "persons", "microdata": True, "publisher": "Office",
                    "tabulate": {"groupings": [{"by": ["site"]}, {"by": ["sex"]}]}}})

    def test_checks_and_refused_rows(self):
        self.assertIn(b"crossings.csv,6,", self.check())

    def test_reports(self):
        self.reports("registered-persons", "registered-by-site", "registration-arrivals")

    def test_tables(self):
        refused = self.folder / "refused.csv"
        for form in ("text", "json", "csv"):
            self.run_program("tabulate", "--resource", self.folder / "resource.json", "--by", "site", "--rejects", refused, "--format",
                             form, self.folder / "crossings.csv", code=0)
            self.assert_clean("refused rows", refused.read_bytes())


class Surveys(Doors):
    def setUp(self):
        super().setUp()
        rows = ["id,name,sex,weight,food,cluster"]
        rows += [f"{IDS[n % 3]},{NAMES[0]},F,{n + 1},{'yes' if n % 2 else 'no'},{n}" for n in range(3)]
        rows += [f"{IDS[0]},{NAMES[0]},F,1,yes,3",                  # the same interview again
                 f"{IDS[3]},{NAMES[1]},F,{NAMES[2]},yes,4",         # shifted: a weight that is none
                 f"{IDS[4]},F,1,yes,5",                             # a cell is missing
                 f"{IDS[5]},x,F,2,{NAMES[2]},6"]                    # an answer that is none
        (self.folder / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.package({"name": "answers", "path": "answers.csv", "mtm": {"survey": {
            "id": "id", "weight": "weight", "clusters": "cluster", "questions": {"food": {"answers": {"yes": "Yes", "no": "No"}}}}}})

    def test_checks_and_refused_rows(self):
        self.check()

    def test_estimates(self):
        state = self.folder / "answers.state"
        for form in ("text", "json", "csv"):
            if form != "csv":
                self.run_program("survey", self.folder, "--format", form, code=0)
            self.run_program("survey", self.folder, "food", "--by", "sex", "--threshold", "3", "--format", form, code=0)
        self.run_program("survey", self.folder, "food", "--save", state, code=0)
        self.assert_clean("state", state.read_bytes(), IDS + NAMES[:2])  # it holds answers, whatever they are

    def test_reports(self):
        self.reports()

    def test_answers_that_nobody_declared(self):
        """A shifted column puts names and ids where answers, several answers and groups stand."""
        rows = ["id,name,sex,weight,food,needs,cluster"]
        rows += [f"q{n},x,{'FM'[n % 2]},{n + 1},{'yes' if n % 3 else 'no'},{'cash' if n % 3 else 'cash water'},{n}" for n in range(60)]
        rows += [f"r{n},x,{NAMES[0] if n else 'F'},2,{IDS[n]},{NAMES[1]} {IDS[6]},{n}" for n in range(6)]
        (self.folder / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.package({"name": "answers", "path": "answers.csv", "mtm": {"survey": {"id": "id", "weight": "weight", "clusters": "cluster",
                      "questions": {"food": {}, "needs": {"multiple": " "}}}}})
        self.reports()
        ledger = self.folder / "published.mtm"
        asked = [(question, *more) for question in ("food", "needs") for more in (
            (), ("--by", "sex"), ("--by", "sex", "--between", "*"), ("--statistic", "total"), ("--answer", "yes" if question == "food" else "cash"),
            ("--by", "sex", "--statistic", "chi-square"), ("--previous", self.folder / "answers.csv", "--by", "sex"))]
        for arguments in asked:
            if "--previous" in arguments:
                (self.folder / "design.json").write_text('{"weight": "weight", "clusters": "cluster"}')
                source = [self.folder / "answers.csv", "--design", self.folder / "design.json"]
            else:
                source = [self.folder]
            for form in ("text", "json", "csv"):
                if arguments[0] == "needs" and "chi-square" in arguments:
                    continue
                self.run_program("survey", source[0], *arguments, *source[1:], "--threshold", "5", "--format", form, code=0)
        for arguments in (("food",), ("food", "--by", "sex"), ("needs",), ("needs", "--where", f"sex={NAMES[0]}")):
            self.run_program("survey", self.folder, *arguments, "--ledger", ledger, code=0)
        self.assert_clean("ledger", ledger.read_bytes())
        told = self.run_program("survey", self.folder, "food", "--by", "sex", "--threshold", "5", "--format", "csv", code=0).decode()
        self.assertIn("sex=F", told)
        self.assertIn("sex=\u22ef 63", told)  # the line where the name first stands
        self.assertIn("\u22ef 62", told)
        self.assertNotIn(NAMES[0], told)
        plain = subprocess.run([PROGRAM, "survey", self.folder, "food", "--by", "sex"], capture_output=True, text=True).stdout
        self.assertIn(NAMES[0], plain)  # what is not published is as it stands


class Proposals(Doors):
    """What describe and init say of a file with names: nothing that stands in one row alone."""

    def test_columns_of_ids_and_names(self):
        rows = ["person_id,full_name,date,direction,citizenship"]
        rows += [f"{IDS[n]},{NAMES[n % 3]}{n},2024-04-0{n + 1},IN,UZB" for n in range(7)]
        (self.folder / "crossings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.run_program("describe", self.folder / "crossings.csv", "--microdata", code=0)
        made = self.folder / "made"
        self.run_program("init", made, self.folder / "crossings.csv", "--microdata", code=0)
        self.assert_clean("descriptor", (made / "datapackage.json").read_bytes())


if __name__ == "__main__":
    unittest.main()
