"""Bad surveys: whatever stands in the rows, each is in one place, and what is wrong is said with its lines."""
import collections
import json
import os
import pathlib
import random
import tempfile
import unittest

from program import run

DESIGN = {"weight": "w", "strata": "h", "clusters": "c", "id": "uuid", "lonely": "adjust", "unknown": ["dk"], "refused": ["refused"],
          "questions": {"food": {"answers": {"yes": "Yes", "no": "No"}}, "needs": {"multiple": " "},
                        "wage": {"type": "number", "asked": {"of": "work", "is": ["yes"]}}}}
WEIGHTS = ["10", "12.5", "8", "9", "", "0", "-3", "abc", "1e9", "0,5", " 7 ", "NaN", "1/3"]
CELLS = {"sex": ["F", "M", "", "dk"], "work": ["yes", "no", "", "refused"], "wage": ["100", "70", "", "dk", "much", "-5", "refused"],
         "food": ["yes", "no", "maybe", "dk", "refused", "", "YES"], "needs": ["water", "water cash", "", "dk", "refused", "cash cash"]}
COUNTS = ("n", "missing", "unknown", "refused", "not_asked", "unexpected", "invalid", "out_of_domain", "zero_weight")


def weight_state(text):
    """What a reader who knows nothing of the library says of a weight."""
    text = text.strip().replace(",", ".")
    if text == "":
        return "E200"
    try:
        value = float(text)
    except ValueError:
        return "E201"
    return "zero" if value == 0 else "fine" if 0 < value < float("inf") else "E201"


class Bad(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data, self.design = self.folder / "answers.csv", self.folder / "design.json"

    def write(self, text, design=DESIGN, name=None):
        (self.folder / name if name else self.data).write_text(text)
        self.design.write_text(json.dumps(design))

    def survey(self, *arguments, data=None):
        return run("survey", data or self.data, *arguments, "--design", self.design)

    def describe(self):
        done = self.survey("-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_every_row_is_in_one_place(self):
        for seed in range(int(os.environ.get("MTM_SURVEYS", 12))):
            dice = random.Random(seed)
            rows, expected = ["uuid,h,c,w," + ",".join(CELLS)], collections.Counter()
            seen, refused = set(), {}
            for line in range(2, 2 + dice.choice((20, 90))):
                stratum, cell = dice.choice("AB"), {name: dice.choice(words) for name, words in CELLS.items()}
                weight, uuid = dice.choice(WEIGHTS), dice.choice(("", f"u{dice.randrange(60)}", f"u{line}x"))
                rows.append(",".join([uuid, stratum, f"{stratum}{dice.randrange(4)}", f'"{weight}"', *cell.values()]))
                state = weight_state(weight)
                if state in ("fine", "zero") and uuid in seen:
                    state = "E202"
                if state.startswith("E"):
                    refused[line] = state
                elif uuid:
                    seen.add(uuid)
                expected[state] += 1
            self.write("\n".join(rows) + "\n")
            about = self.describe()
            self.assertEqual({one["line"]: one["code"][4:] for one in about["refused"]}, refused)
            kept = len(rows) - 1 - len(refused)
            self.assertEqual((about["rows"]["in"], about["rows"]["kept"], about["rows"]["refused"]),
                             (len(rows) - 1, kept, len(refused)))
            zeros = [one["line"] for one in about["notes"] if one["code"] == "MTM-N212" and "line" in one]
            self.assertEqual(len(zeros), min(expected["zero"], 20))
            for question in ("food", "wage", "needs", "sex"):
                for more in ((), ("--by", "sex"), ("--where", "work=yes"), ("--by", "sex", "--statistic", "chi-square")):
                    done = self.survey(question, "-f", "json", *more)
                    if question == "wage" and "chi-square" in more:
                        continue
                    self.assertEqual(done.returncode, 0, done.stderr)
                    for one in json.loads(done.stdout)["estimates"]:
                        self.assertEqual(one["rows"], kept)
                        self.assertEqual(sum(one[name] for name in COUNTS), kept, (seed, question, more, one))
                    self.assertEqual("rows were refused" in done.stderr, bool(refused))

    def test_a_repeated_interview_names_the_first(self):
        self.write("uuid,h,c,w,food\nu1,A,1,2,yes\n u2 ,A,2,2,no\nu1,A,1,2,yes\nu2,A,2,2,no\n", {**DESIGN, "questions": {}})
        said = self.survey().stdout
        self.assertIn("answers.csv:4: error[MTM-E202]: an interview that was read before, on line 2\n", said)
        self.assertIn("answers.csv:5: error[MTM-E202]: an interview that was read before, on line 3\n", said)

    def test_weights_with_a_comma_that_may_part_thousands(self):
        """"1,000" is one or a thousand: where commas part the cells it is refused. "12,5" and "0,125" have decimals, as all have where
        semicolons part the cells."""
        self.write('w,c\n"1,000",1\n"12,5",2\n"0,125",3\n"2,500",4\n3,5\n', {"weight": "w"})
        about = self.describe()
        self.assertEqual([(one["line"], one["code"], one["found"]) for one in about["refused"]], [(2, "MTM-E201", "1,000"), (5, "MTM-E201", "2,500")])
        self.assertIn("write it without a comma", about["refused"][0]["reason"])
        self.assertEqual((about["rows"]["kept"], about["weights"]), (3, "15.625"))
        self.write("w;c\n1,000;1\n12,5;2\n", {"weight": "w"})
        self.assertEqual(self.describe()["weights"], "13.5")

    def numbers(self, cells, question="y", mark=",", ask=("--statistic", "total"), **design):
        """The estimate of a question and the rows that are no number, of cells in quotes."""
        rows = [mark.join(["c", "y"])] + [mark.join([str(i), f'"{cell}"']) for i, cell in enumerate(cells)]
        self.write("\n".join(rows) + "\n", {"clusters": "c", **design})
        done = self.survey(question, "-f", "json", *ask)
        self.assertEqual(done.returncode, 0, done.stderr)
        one, = json.loads(done.stdout)["estimates"]
        return one["estimate"], one["invalid"]

    def test_answers_with_a_comma_that_may_part_thousands(self):
        """"1,000" is one or a thousand: no answer, unless another answer of the question shows what commas and points part."""
        self.assertEqual(self.numbers(["1,000", "70", "12,5", "2,500"]), (82.5, 2))
        self.assertEqual(self.numbers(["1,000", "70", "1,234,567"]), (1235637, 0))
        self.assertEqual(self.numbers(["1,000", "-2,500", "1,000.50"]), (-499.5, 0))
        self.assertEqual(self.numbers(["1,000", "12,5", "1,234,567"]), (12.5, 2))
        self.assertEqual(self.numbers(["1,000", "70", "0,250"], mark=";"), (71.25, 0))
        self.assertEqual(self.numbers(["1,000", "70", "1,234,567"], mark=";"), (1235637, 0))
        self.assertEqual(self.numbers(["1.000", "70", "12,5", "1.234.567"], mark=";"), (1235649.5, 0))
        self.assertEqual(self.numbers(["1.000", "70", "1.000,5"]), (2070.5, 0))
        self.assertEqual(self.numbers(["1.000", "70", "12.5"]), (83.5, 0))
        self.assertEqual(self.numbers(["1,000", "70", "80"], ask=("--statistic", "mean")), (75, 1))
        self.assertEqual(self.numbers(["1,000", "70", "80"], ask=()), (75, 1))  # a question of numbers all the same

    def test_doubtful_answers_say_how_to_write_them(self):
        self.write('c,y\n1,"1,000"\n2,70\n', {"clusters": "c", "questions": {"y": {"type": "number"}}})
        self.assertIn('answers.csv:2: note[MTM-N210]: question "y": a number of thousands, or with decimals: write it without a comma ("1,000")',
                      self.survey().stdout)

    def test_codes_of_no_answer_among_numbers_are_named(self):
        """-99 in a question without other negative numbers counts, and is named until it is declared; among balances it is one."""
        cells = ["-99", "70", "80", "-88", "-9", "-998"]
        design = {"clusters": "c", "questions": {"y": {"type": "number"}}}
        self.write("c,y\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells) if cell != "-9"), design)
        about = self.describe()["doubtful"]
        self.assertEqual([(one["line"], one["code"], one["found"]) for one in about["list"]], [(2, "MTM-N216", "-99"), (5, "MTM-N216", "-88"), (6, "MTM-N216", "-998")])
        self.assertEqual((about["invalid"], about["unexpected"]), (0, 0))
        self.assertIn('answers.csv:2: note[MTM-N216]: question "y": it counts as a number', self.survey().stdout)
        self.assertEqual(json.loads(self.survey("y", "-f", "json").stdout)["estimates"][0]["n"], 5)
        self.write("c,y\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells)), design)
        self.assertEqual(self.describe()["doubtful"]["list"], [])
        self.write("c,y\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells) if cell != "-9"), {**design, "unknown": ["-99", "-88", "-998"]})
        self.assertEqual(self.describe()["doubtful"]["list"], [])

    def test_scores_and_conditions_take_no_doubtful_number(self):
        self.assertEqual(self.numbers(["1,000", "70", "80"], "x", indicators={"x": {"items": {"y": {}}}}), (150, 0))
        self.assertEqual(self.numbers(["1,000", "70", "1,234,567"], "x", indicators={"x": {"items": {"y": {}}}}), (1235637, 0))

    def test_populations_with_a_comma(self):
        rows = 'c,y,N\n1,2,"1,200"\n2,3,"1,200"\n'
        self.write(rows, {"clusters": "c", "fpc": "N"})
        self.assertIn("MTM-E205", self.survey("y").stderr)
        self.write(rows.replace("c,y,N", "c;y;N").replace(",2,", ";2;").replace(",3,", ";3;"), {"clusters": "c", "fpc": "N"})
        self.assertIn("MTM-E204", self.survey("y").stderr)  # 1.2 units are fewer than 2

    def test_states_keep_what_commas_are(self):
        for mark, expected in ((";", 1.25 + 70), (",", 70)):
            self.write(f'c{mark}y\n1{mark}"1,250"\n2{mark}70\n', {"clusters": "c"})
            state = self.folder / "saved.state"
            self.assertEqual(self.survey("y", "--save", state).returncode, 0)
            done = run("survey", state, "y", "--statistic", "total", "-f", "json")
            self.assertEqual(json.loads(done.stdout)["estimates"][0]["estimate"], expected)

    def test_weights_in_another_unit_are_named(self):
        self.write("h,c,w,food\nA,1,2,yes\nA,2,25000,no\nB,3,3,yes\nB,4,2.5,no\n", {"weight": "w", "strata": "h", "clusters": "c"})
        self.assertIn("answers.csv:3: note[MTM-N213]: the weight is more than 10,000 times that of line 2", self.survey().stdout)

    def test_answers_may_be_listed_without_labels(self):
        """They are those the form knows: another answer is doubtful, and one that nobody gave is 0 %."""
        self.write("c,y\n1,yes\n2,no\n3,maybe\n4,yes\n", {"clusters": "c", "questions": {"y": {"answers": ["yes", "no", "never"]}}})
        found = json.loads(self.survey("y", "-f", "json").stdout)["estimates"]
        self.assertEqual([(one["answer"], one["n"], one["invalid"]) for one in found], [(answer, 3, 1) for answer in ("yes", "no", "never")])
        self.assertEqual(self.survey("y", "--answer", "never").returncode, 0)

    def test_properties_that_are_misspelt_or_of_another_kind_are_errors(self):
        """Left out without a word, each would change who is in the base, or the weights."""
        replicates, calibrate = {"type": "JK1", "columns": "r*"}, {"method": "linear", "totals": {"y": {"yes": 1}}}
        for design, said in (({"questions": {"y": {"anwers": ["yes"]}}}, 'question "y" has no property "anwers"'),
                             ({"questions": {"y": {"unknown": "dk"}}}, 'property "unknown" of question "y": expected an array of words, or "answer"'),
                             ({"questions": {"y": {"answers": "yes"}}}, 'property "answers" of question "y": expected an object'),
                             ({"questions": {"y": {"first": 0}}}, 'property "first" of question "y"'),
                             ({"questions": {"y": ["yes"]}}, 'question "y": expected an object'),
                             ({"questions": {"y": {"asked": {"if": "${c} > 1"}}}}, '"asked" of "survey" has no property "if"'),
                             ({"questions": {"y": {"asked": {"of": "c", "": ["x"]}}}}, '"asked" of "survey" has no property ""'),
                             ({"replicates": {**replicates, "rscale": 1}}, '"replicates" of "survey" has no property "rscale"; expected some of: type columns'),
                             ({"calibrate": {**calibrate, "bound": [0.5, 2]}}, '"calibrate" of "survey" has no property "bound"'),
                             ({"roster": {"sheet": "a", "key": "b", "parent": "c", "sheets": "d"}}, '"roster" of "survey" has no property "sheets"'),
                             ({"indicators": {"s": {"items": {"y": {"wieght": 2}}}}}, '"y" of "survey" has no property "wieght"'),
                             ({"indicators": {"s": {"cutoff": 0.3, "items": {"y": {}}}}}, '"s" of "survey" has no property "cutoff"'),
                             ({"indicators": ["s"]}, 'property "indicators" of "survey": expected an object')):
            self.write("c,y\n1,yes\n2,no\n", design)
            done = self.survey("y")
            self.assertNotEqual(done.returncode, 0, design)
            self.assertIn(said, done.stderr)
        self.write("c,y\n1,yes\n2,no\n", {"questions": {"y": {"x-note": 1, "answers": ["yes", "no"]}}})
        self.assertEqual(self.survey("y").returncode, 0)

    def test_contradictions_of_the_design_name_every_line(self):
        rows = "h,c,N,y\nA,1,5,yes\nB,1,5,no\nA,2,5,no\nB,2,5,no\nB,3,5,no\n"
        self.write(rows, {"strata": "h", "clusters": "c"})
        self.assertIn('answers.csv:3: error[MTM-E203]: cluster "1" is in two strata; likewise on line 5;', self.survey("y").stderr)
        self.write("h,c,N,y\nA,1,5,yes\nA,2,6,no\nB,3,5,no\nB,4,7,no\nB,4,8,no\n", {"strata": "h", "clusters": "c", "fpc": "N"})
        self.assertIn("answers.csv:3: error[MTM-E204]", self.survey("y").stderr)
        self.assertIn("than line 2 says; likewise on line 5, 6:", self.survey("y").stderr)
        self.write("h,c,N,y\nA,1,1,yes\nA,2,1,no\nB,3,2,no\nB,4,2,no\nB,5,2,no\n", {"strata": "h", "clusters": "c", "fpc": "N"})
        said = self.survey("y").stderr
        self.assertIn("answers.csv:2: error[MTM-E204]", said)
        self.assertIn("smaller than the sample of the stratum (2); likewise on line 4", said)

    def test_interviews_of_two_files(self):
        """Through a state that reads both, an interview that is in both counts once."""
        design = {"weight": "w", "clusters": "c", "id": "uuid"}
        self.write("uuid,c,w,y\nu1,1,2,yes\nu2,2,2,no\n", design)
        self.write("uuid,c,w,y\nu2,2,2,no\nu3,3,2,no\n", design, "more.csv")
        package = {"name": "p", "resources": [{"name": "a", "path": ["answers.csv", "more.csv"], "mtm": {"survey": design}}]}
        (self.folder / "datapackage.json").write_text(json.dumps(package))
        done = run("survey", self.folder, "-f", "json")
        about = json.loads(done.stdout)
        self.assertEqual((about["rows"]["kept"], about["rows"]["refused"]), (3, 1))
        self.assertEqual([about["refused"][0][key] for key in ("file", "line", "reason")],
                         ["more.csv", 2, "an interview that was read before, on line 3 of answers.csv"])
        self.assertIn("more.csv:2: error[MTM-E202]: an interview that was read before, on line 3 of answers.csv",
                      run("survey", self.folder).stdout)

    def test_interviews_of_two_saved_parts(self):
        """With a key an interview that two parts count is told, whether a part is saved or a file; without one nothing is known."""
        design = self.folder / "design.json"
        design.write_text(json.dumps({"weight": "w", "clusters": "c", "id": "uuid"}))
        key, wrong = self.folder / "key", self.folder / "wrong"
        key.write_text("0f" * 16 + "\n")
        wrong.write_text("ff" * 16)
        parts = {"north": "uuid,c,w,y\nu1,1,2,yes\nu2,2,2,no\n", "south": "uuid,c,w,y\nu3,3,2,no\nu2,2,2,no\n"}
        for name, text in parts.items():
            (self.folder / f"{name}.csv").write_text(text)
            done = run("survey", self.folder / f"{name}.csv", "--design", design, "--save", self.folder / f"{name}.state", "--key-file", key)
            self.assertEqual(done.returncode, 0, done.stderr)
        north = self.folder / "north.state"
        done = run("survey", north, "--load", self.folder / "south.state", "--key-file", key)
        self.assertEqual(done.returncode, 1)
        self.assertIn("interviews that both parts count: line 3 of south.csv is line 3 of north.csv;", done.stderr.replace(str(self.folder) + "/", ""))
        done = run("survey", north, "--load", self.folder / "south.csv", "--key-file", key)
        self.assertIn("south.csv:3: error[MTM-E202]", done.stdout)
        self.assertIn("1 of 4 rows were refused", done.stdout)
        self.assertIn("the key under which the survey was saved", run("survey", north, "--load", self.folder / "south.state", "--key-file", wrong).stderr)
        self.assertIn("--save", run("survey", self.folder / "north.csv", "--design", design, "--key-file", key).stderr)


if __name__ == "__main__":
    unittest.main()
