"""Exports of Kobo, ODK, SurveyCTO and SPSS with their forms: conditions, languages, groups, codes, rosters, and the package made of
them by init."""
import json
import pathlib
import random
import tempfile
import unittest

from program import run
from test_program_survey import write_form

FORM = {
    "survey": [["type", "name", "label::English (en)", "label::Russian (ru)", "relevant"],
               ["begin_group", "hh", "", "", ""],
               ["select_one yn", "work", "Have you worked?", "Вы работали?", ""],
               ["select_one yn", "debt", "Any debt?", "Есть долги?", ""],
               ["end_group", "", "", "", ""],
               ["begin_group", "inner", "", "", "${work} = 'yes' or ${debt} = 'yes'"],
               ["integer", "wage", "Wage", "Зарплата", "not(selected(${needs}, 'cash')) and ${age} >= 18"],
               ["end_group", "", "", "", ""],
               ["select_multiple need", "needs", "Needs", "Нужды", ""],
               ["integer", "age", "Age", "Возраст", ""],
               ["begin_repeat", "members", "", "", ""], ["select_one yn", "school", "At school?", "В школе?", ""], ["end_repeat"]],
    "choices": [["list_name", "name", "label::English (en)", "label::Russian (ru)"], ["yn", "yes", "Yes", "Да"], ["yn", "no", "No", "Нет"],
                ["need", "water", "Water", "Вода"], ["need", "cash", "Cash", "Деньги"]],
}
HEADER = ["_uuid", "start", "weight", "cluster", "hh/work", "hh/debt", "inner/wage", "needs", "age", "_index"]


def interviews(n, seed=1):
    random_of = random.Random(seed)
    rows = []
    for i in range(1, n + 1):
        work, debt, needs = random_of.choice("yes no".split()), random_of.choice("yes no".split()), random_of.choice(["water", "cash", "water cash", ""])
        age = random_of.randint(10, 60)
        asked = (work == "yes" or debt == "yes") and "cash" not in needs.split() and age >= 18
        wage = str(random_of.randint(50, 300)) if asked else ""
        rows.append([f"u{i}", f"2024-05-{1 + i % 28:02}T10:00:00", f"{random_of.randint(10, 90)}.5", f"c{i % 6}", work, debt, wage, needs,
                     str(age), str(i)])
    return rows


class Exports(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.form = self.folder / "form.xlsx"
        write_form(self.form, FORM)

    def csv(self, header, rows, name="data.csv"):
        path = self.folder / name
        path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n")
        return path

    def ask(self, *arguments):
        ran = run("survey", *arguments, "--format", "json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return json.loads(ran.stdout)

    def design(self, **design):
        path = self.folder / "design.json"
        path.write_text(json.dumps(design))
        return path

    def test_rankings_count_what_stands_first(self):
        """`rank` of ODK writes the choices in their order. Shares of what is first add up to the whole; `first` takes the first few."""
        form = {"survey": [["type", "name", "label"], ["rank need", "needs", "Rank your needs"], ["note", "n", "Thanks"]],
                "choices": [["list_name", "name", "label"], ["need", "water", "Water"], ["need", "cash", "Cash"], ["need", "work", "Work"]]}
        write_form(self.form, form)
        rows = [["water cash work"], ["cash water work"], ["cash work water"], [""], ["dk"], ["cash tea work"]]
        data = self.csv(["needs", "x"], [[row[0], "1"] for row in rows])
        design = self.design(unknown=["dk"])
        found = self.ask(data, "needs", "--form", self.form, "--design", design)["estimates"]
        self.assertEqual([(one["answer"], one["answer_label"], one["contributors"], one["n"]) for one in found],
                         [("water", "Water", 1, 3), ("cash", "Cash", 2, 3), ("work", "Work", 0, 3)])
        self.assertEqual((found[0]["missing"], found[0]["unknown"], found[0]["invalid"]), (1, 1, 1))
        self.assertEqual(sum(one["estimate"] for one in found), 1)
        two = self.design(unknown=["dk"], questions={"needs": {"type": "rank", "first": 2}})
        found = self.ask(data, "needs", "--form", self.form, "--design", two)["estimates"]
        self.assertEqual([one["contributors"] for one in found], [2, 3, 1])
        found = self.ask(data, "needs", "--design", self.design(unknown=["dk"], questions={"needs": {"type": "rank"}}))["estimates"]
        self.assertEqual([(one["answer"], one["contributors"]) for one in found], [("cash", 3), ("tea", 0), ("water", 1), ("work", 0)])
        self.assertEqual(run("init", self.folder / "made", self.form, data).returncode, 0)
        self.assertEqual([one["contributors"] for one in self.ask(self.folder / "made", "needs")["estimates"]], [1, 2, 0])

    def test_conditions_of_questions_and_groups_decide_who_was_asked(self):
        rows = interviews(200)
        asked = sum(row[6] != "" for row in rows)
        one = self.ask(self.csv(HEADER, rows), "wage", "--form", self.form)["estimates"][0]
        self.assertEqual((one["n"], one["not_asked"], one["missing"], one["unexpected"]), (asked, 200 - asked, 0, 0))
        wrong = next(i for i, row in enumerate(rows) if row[6] == "")
        rows[wrong][6] = "99"
        data = self.csv(HEADER, rows)
        one = self.ask(data, "wage", "--form", self.form)["estimates"][0]
        self.assertEqual((one["n"], one["unexpected"]), (asked, 1))
        self.assertIn(f"data.csv:{wrong + 2}: note[MTM-N211]: question \"wage\"", run("survey", data, "--form", self.form).stdout)

    def test_conditions(self):
        """Each beside what it says of the rows a=1..6 with b empty on odd ones and m of several answers."""
        rows = [[str(a), "" if a % 2 else "x", "p q" if a < 3 else "q" if a < 5 else "", "y"] for a in range(1, 7)]
        data = self.csv(["a", "b", "m", "z"], rows)
        cases = {"${a} > 3": 3, "${a} >= 3 and ${a} < 5": 2, "${a} = 1 or ${a}=2 or (${a} = 6)": 3, "not(${a} = 1)": 5, "${b} = 'x'": 3,
                 "${b} != 'x'": 3, "${b} = ''": 3, "selected(${m}, 'p')": 2, "not(selected(${m},'q'))": 2, "count-selected(${m}) = 2": 2,
                 "${b} > 1": 0, "${a} + 1 = 4": 1, "${a} mod 2 = 0": 3, "${a} * 2 - 2 > 8": 1, "${a} div 2 = 1.5": 1, "true()": 6,
                 "false()": 0, "if(${a} > 3, ${b} = 'x', true())": 5, "string-length(${m}) > 1": 2, "coalesce(${b}, 'e') = 'e'": 3,
                 "number(${a}) <= 2": 2, "-${a} < -5": 1, "${a} >3 and ${b}='x' or ${a} = 1": 3, "(${a} = 1 or ${a} = 2) and ${b} = 'x'": 1}
        for condition, expected in cases.items():
            design = self.design(questions={"z": {"asked": {"when": condition}}})
            self.assertEqual(self.ask(data, "z", "--design", design)["estimates"][0]["n"], expected, condition)
        for condition in ("${a", "${a} >", "pulldata('x')", "${a} = 'x", "(${a} = 1", "1 2", "", "and", "${a} == 1", "(" * 100 + "1" + ")" * 100):
            design = self.design(questions={"z": {"asked": {"when": condition}}})
            ran = run("survey", data, "z", "--design", design)
            self.assertEqual((ran.returncode != 0, "cannot be followed" in ran.stderr), (True, True), condition + ran.stderr)

    def test_codes_of_spss(self):
        data = self.csv(["q"], [["1"], ["1.0"], ["1.00"], ["2"], ["98"], ["3"]])
        design = self.design(unknown=["98"], questions={"q": {"answers": {"1": "Yes", "2": "No"}}})
        yes = self.ask(data, "q", "--design", design)["estimates"][0]
        self.assertEqual((yes["answer_label"], yes["contributors"], yes["n"], yes["unknown"], yes["invalid"]), ("Yes", 3, 4, 1, 1))

    def test_columns_of_surveycto_and_of_groups(self):
        for header in (["needs_water", "needs_cash"], ["grp/needs/water", "grp/needs/cash"], ["needs.water", "needs.cash"]):
            data = self.csv([*header, "k"], [["1", "0", "a"], ["1", "1", "a"], ["0", "0", "a"], ["", "", "a"]])
            design = self.design(questions={"needs": {"type": "several", "answers": {"water": "Water", "cash": "Cash"}}})
            found = {one["answer"]: (one["contributors"], one["n"], one["missing"])
                     for one in self.ask(data, "needs", "--design", design)["estimates"]}
            self.assertEqual(found, {"water": (2, 3, 1), "cash": (1, 3, 1)}, header)

    def test_init_makes_a_package_of_form_and_export(self):
        rows, members = interviews(120), []
        for row in rows:
            for k in range(int(row[9]) % 4):
                members.append([row[9], "yes" if (int(row[9]) + k) % 3 else "no"])
        members.append(["999", "yes"])  # its interview is not there
        book = self.folder / "export.xlsx"
        write_form(book, {"interviews": [HEADER, *rows], "members": [["_parent_index", "school"], *members]})
        package = self.folder / "package"
        made = run("init", package, self.form, book)
        self.assertEqual(made.returncode, 0, made.stderr)
        described = json.loads((package / "datapackage.json").read_text())
        self.assertEqual(described["mtm"]["period"], "2024-05-01/2024-05-28")
        self.assertEqual([one["name"] for one in described["resources"]], ["export", "export-members"])
        survey = described["resources"][0]["mtm"]["survey"]
        self.assertEqual({key: survey[key] for key in ("weight", "clusters", "id", "form")},
                         {"weight": "weight", "clusters": "cluster", "id": "_uuid", "form": "form.xlsx"})
        self.assertEqual(self.ask(package, "work")["estimates"][0]["n"], 120)
        school = self.ask(package, "school", "--resource", "export-members")["estimates"]
        yes = next(one for one in school if one["answer"] == "yes")
        weight = {row[9]: float(row[2]) for row in rows}
        whole = sum(weight[index] for index, _ in members[:-1])
        self.assertAlmostEqual(yes["estimate"], sum(weight[i] for i, answer in members[:-1] if answer == "yes") / whole, places=12)
        self.assertEqual((yes["n"], yes["rows"]), (len(members) - 1, len(members) - 1))
        self.assertIn(f"export.xlsx:{len(members) + 1}: error[MTM-E215]", run("survey", package, "--resource", "export-members").stdout)
        text = run("report", package, "--language", "ru").stdout
        self.assertIn("Вы работали?", text)
        self.assertIn("Да", text)
        self.assertIn("Have you worked?", run("report", package).stdout)
        self.assertIn("E215", run("check", package).stdout)
        report = run("report", package)  # a row of the roster was refused: there are figures all the same
        self.assertEqual((report.returncode, "no figure" in report.stderr), (0, False), report.stderr)
        self.assertIn("expected an interview that its parent names", report.stdout)
        for form in ("sdmx-csv", "json-stat"):
            self.assertIn("figures of surveys are left out", run("report", package, "-f", form).stderr)
        self.assertNotIn("left out", run("report", package, "-f", "csv").stderr)

    def write_awkward_form(self):
        """What pyxform and SurveyCTO take beside the plain words: `value`, `list name`, types in other words and cases, comments,
        disabled rows, labels with Markdown, HTML and line breaks."""
        write_form(self.form, {
            "survey": [["type", "name", "label::English (en)", "label::Русский (ru)", "relevant", "disabled"],
                       ["", "", "a comment", "", "", ""], ["begin group", "hh", "Household", "Домохозяйство", "", ""],
                       ["select one yn", "work", "**Have** you worked?\nLast <b>week</b>", "Вы работали?", "", ""],
                       ["select one from sex", "sex", "Sex", "Пол", "", ""],
                       ["Select_multiple  need", "needs", "Needs", "Нужды", "selected(${work}, 'no')", ""], ["end group", "", "", "", "", ""],
                       ["select_one yn", "old", "Old question", "", "", "yes"], ["rank need", "order", "Rank them", "", "", ""],
                       ["calculate", "total", "", "", "", ""], ["int", "age", "Age", "Возраст", "", ""],
                       ["select_one_from_file wards.csv", "ward", "Ward", "Район", "", ""],
                       ["begin repeat", "members", "", "", "", ""], ["integer", "m_age", "Age of member", "", "", ""], ["end repeat"]],
            "choices": [["list name", "value", "label::English (en)", "label::Русский (ru)"], ["yn", "yes", "Yes", "Да"], ["yn", "no", "No", "Нет"],
                        ["yn", "dk", "Don't know", "Не знаю"], ["", "", "", ""], ["sex", "1", "Man", "Мужчина"], ["sex", "2", "Woman", "Женщина"],
                        ["need", "1", "Water", "Вода"], ["need", "2", "Cash", "Деньги"], ["need", "99", "Prefer not to answer", "Отказ"]],
            "settings": [["form_title", "form_id"], ["Households 2024", "hh24"]]})

    def test_exports_as_each_program_writes_them(self):
        """Kobo with groups, with labels, in Russian; ODK Central (`group-question`), ODK Briefcase (`group:question`), SurveyCTO."""
        self.write_awkward_form()
        kobo = ["hh/work", "hh/sex", "hh/needs", "hh/needs/1", "hh/needs/2", "hh/needs/99", "age", "ward"]
        rows = [["yes", "1", "", "", "", "", "20", "a"], ["no", "2", "1 2", "1", "1", "0", "30", "b"],
                ["dk", "1", "", "", "", "", "40", "a"], ["no", "2", "1", "1", "0", "0", "50", "a"]]
        words = {"yes": ("Yes", "Да"), "no": ("No", "Нет"), "dk": ("Don't know", "Не знаю")}
        sexes = {"1": ("Man", "Мужчина"), "2": ("Woman", "Женщина")}
        def labelled(k):
            return [[words[row[0]][k], sexes[row[1]][k], "", *row[3:]] for row in rows]
        exports = {
            "kobo": (kobo, rows),
            "kobo-labels": (["Household/Have you worked? Last week", "Household/Sex", "Household/Needs", "Household/Needs/Water", "Household/Needs/Cash",
                             "Household/Needs/Prefer not to answer", "Age", "Ward"], labelled(0)),
            "kobo-russian": (["Вы работали?", "Пол", "Нужды", "Нужды/Вода", "Нужды/Деньги", "Нужды/Отказ", "Возраст", "Район"], labelled(1)),
            "central": (["hh-work", "hh-sex", "hh-needs", "age", "ward", "KEY"], [[*row[:3], *row[6:], f"uuid:{row[6]}"] for row in rows]),
            "central-split": (["hh-work", "hh-sex", "hh-needs", "hh-needs/1", "hh-needs/2", "hh-needs/99", "age", "ward"], rows),
            "briefcase": (["hh:work", "hh:sex", "hh:needs", "age", "ward"], [[*row[:3], *row[6:]] for row in rows]),
            "surveycto": (["work", "sex", "needs", "needs_1", "needs_2", "needs_99", "age", "ward"], rows)}
        expected = None
        for name, (header, cells) in exports.items():
            data = self.csv(header, cells, f"{name}.csv")
            found = {question: [(one["answer"], one["answer_label"], one["n"], one["contributors"], one["not_asked"], one["invalid"], one["estimate"])
                                for one in self.ask(data, question, "--form", self.form)["estimates"]]
                     for question in ("work", "sex", "needs", "age", "ward")}
            expected = expected or found
            self.assertEqual(found, expected, name)
        self.assertEqual(expected["needs"], [("1", "Water", 2, 2, 2, 0, 1), ("2", "Cash", 2, 1, 2, 0, 0.5), ("99", "Prefer not to answer", 2, 0, 2, 0, 0)])
        self.assertEqual(expected["work"][2], ("dk", "Don't know", 4, 1, 0, 0, 0.25))
        label = self.ask(self.folder / "kobo.csv", "work", "--form", self.form)["estimates"][0]["question_label"]
        self.assertEqual(label, "Have you worked? Last week")
        # a hyphen is a group's only before a question of the form
        data = self.csv(["sub-total"], [["1"], ["2"]], "hyphen.csv")
        self.assertIn("no question of this name", run("survey", data, "total").stderr)

    def test_init_joins_the_files_of_repeats(self):
        """ODK Central and SurveyCTO: a file for each repeat, whose PARENT_KEY is the KEY of the interview; in any order."""
        self.write_awkward_form()
        main = self.csv(["SubmissionDate", "hh-work", "age", "weight", "KEY"],
                        [[f"2024-05-0{i + 1}T10:12:44.000Z", "yes", "30", "2.5", f"uuid:{i}"] for i in range(4)], "hh24.csv")
        members = self.csv(["m_age", "PARENT_KEY", "KEY"], [["5", "uuid:0", "uuid:0/members[1]"], ["7", "uuid:0", "uuid:0/members[2]"],
                                                            ["9", "uuid:3", "uuid:3/members[1]"], ["9", "uuid:33", "x"]], "hh24-members.csv")
        package = self.folder / "package"
        made = run("init", package, members, self.form, main)
        self.assertEqual(made.returncode, 0, made.stderr)
        described = json.loads((package / "datapackage.json").read_text())
        self.assertEqual([(one["name"], one["path"]) for one in described["resources"]], [("hh24", "hh24.csv"), ("hh24-members", "hh24.csv")])
        survey = described["resources"][1]["mtm"]["survey"]
        self.assertEqual((survey["roster"], survey["title"]), ({"path": "hh24-members.csv", "key": "KEY", "parent": "PARENT_KEY"},
                                                               "Households 2024: hh24-members"))
        self.assertEqual(described["mtm"]["period"], "2024-05-01/2024-05-04")
        age, = self.ask(package, "m_age", "--resource", "hh24-members")["estimates"]
        self.assertEqual((age["n"], age["estimate"], age["question_label"]), (3, 7, "Age of member"))
        for command in ("survey", "check"):  # the row is that of the file of members
            said = run(command, package, *(["--resource", "hh24-members"] if command == "survey" else [])).stdout
            self.assertIn("hh24-members.csv:5: error[MTM-E215]", said)

    def test_other_is_an_answer(self):
        """`or_other` adds an answer that the sheet of choices does not have."""
        form = self.folder / "other.xlsx"
        write_form(form, {"survey": [["type", "name", "label::English (en)", "label::Русский (ru)"],
                                     ["select_one yn or_other", "owner", "Owns it?", "Своё?"],
                                     ["select_multiple need or_other", "needs", "Needs", "Нужды"]], "choices": FORM["choices"]})
        data = self.csv(["owner", "owner_other", "needs"], [["yes", "", "water other"], ["other", "rent", "cash"], ["other", "", "other"]])
        owner = {one["answer"]: (one["n"], one["contributors"], one["invalid"], one["answer_label"])
                 for one in self.ask(data, "owner", "--form", form)["estimates"]}
        self.assertEqual(owner, {"yes": (3, 1, 0, "Yes"), "no": (3, 0, 0, "No"), "other": (3, 2, 0, "Other")})
        needs = {one["answer"]: one["contributors"] for one in self.ask(data, "needs", "--form", form)["estimates"]}
        self.assertEqual(needs, {"water": 1, "cash": 1, "other": 2})

    def test_what_other_is_stands_beside_the_answers(self):
        """`needs_other` holds words, and is no column of the answer `other`: beside answers in one cell, or in columns of their own."""
        form = self.folder / "other.xlsx"
        write_form(form, {"survey": [["type", "name", "label"], ["select_multiple need or_other", "needs", "Needs"]], "choices": FORM["choices"]})
        rows = [("water other", "seeds"), ("cash", ""), ("other", ""), ("", "")]
        split = [["" if not cell else str(int(one in cell.split())) for one in ("water", "cash", "other")] for cell, _ in rows]
        for header, cells in ((["needs", "needs_other"], [list(row) for row in rows]),
                              (["needs_other", "needs"], [[words, cell] for cell, words in rows]),
                              (["g-needs", "g-needs_other"], [list(row) for row in rows]),
                              (["needs_other", "needs/water", "needs/cash", "needs/other"], [[words, *flags] for (_, words), flags in zip(rows, split)]),
                              (["needs_water", "needs_cash", "needs_other"], split)):
            data = self.csv([*header, "k"], [[*row, "1"] for row in cells])
            found = {one["answer"]: (one["contributors"], one["n"], one["missing"]) for one in self.ask(data, "needs", "--form", form)["estimates"]}
            self.assertEqual(found, {"water": (1, 3, 1), "cash": (1, 3, 1), "other": (2, 3, 1)}, header)

    def test_conditions_of_several_answers_in_columns_of_their_own(self):
        """selected() and count-selected() of needs/water and needs/cash, as of both in one cell; of labels in one cell the columns hold."""
        rows = interviews(150)
        flags = [[str(int(one in row[7].split())) if row[7] else "" for one in ("water", "cash")] for row in rows]
        asked = sum(row[6] != "" for row in rows)
        split = [name for name in HEADER if name != "needs"]
        for mark in "/.":
            data = self.csv([*split, f"needs{mark}water", f"needs{mark}cash"], [row[:7] + row[8:] + more for row, more in zip(rows, flags)])
            one, = self.ask(data, "wage", "--form", self.form)["estimates"]
            self.assertEqual((one["n"], one["not_asked"], one["missing"], one["unexpected"]), (asked, 150 - asked, 0, 0), mark)
        labels = {"water": "Water", "cash": "Cash", "water cash": "Water Cash", "": ""}
        data = self.csv([*HEADER, "needs/water", "needs/cash"], [row[:7] + [labels[row[7]]] + row[8:] + more for row, more in zip(rows, flags)])
        one, = self.ask(data, "wage", "--form", self.form)["estimates"]
        self.assertEqual((one["n"], one["not_asked"], one["unexpected"]), (asked, 150 - asked, 0))
        data = self.csv(["a", "a.note", "z"], [["1", "yes", "y"], ["2", "no", "y"]])  # of one answer: the column of its name
        design = self.design(questions={"z": {"asked": {"when": "${a} = 1"}}})
        self.assertEqual(self.ask(data, "z", "--design", design)["estimates"][0]["n"], 1)

    def test_rosters_with_labels(self):
        """Labels of questions and answers in the sheet of a repeat, in any language, as in that of the interviews."""
        rows = interviews(30)
        members = [[str(1 + i % 30), "yes" if i % 3 else "no"] for i in range(60)]
        found = []
        for header, words in ((["_parent_index", "school"], {}), (["_parent_index", "At school?"], {"yes": "Yes", "no": "No"}),
                              (["_parent_index", "members/В школе?"], {"yes": "Да", "no": "Нет"})):
            book = self.folder / f"export{len(found)}.xlsx"
            write_form(book, {"interviews": [HEADER, *rows], "members": [header, *[[key, words.get(cell, cell)] for key, cell in members]]})
            package = self.folder / f"package{len(found)}"
            self.assertEqual(run("init", package, self.form, book).returncode, 0)
            found.append(self.ask(package, "school", "--resource", f"export{len(found)}-members")["estimates"])
        self.assertEqual([(one["answer"], one["contributors"], one["n"]) for one in found[0]], [("yes", 40, 60), ("no", 20, 60)])
        self.assertEqual(found[1:], found[:1] * 2)

    def test_labels_stand_for_codes(self):
        """Exports with labels instead of names, in any language of the form; and value labels of SPSS."""
        names = self.csv(["work", "debt", "wage", "needs", "age"], [["yes", "no", "9", "", "20"], ["no", "no", "", "", "30"], ["yes", "yes", "8", "", "40"]])
        expected = [self.ask(names, question, "--form", self.form)["estimates"] for question in ("work", "debt", "wage")]
        for words in ({"yes": "Yes", "no": "No"}, {"yes": "Да", "no": "Нет"}):
            rows = [[words.get(cell, cell) for cell in row.split(",")] for row in names.read_text().splitlines()[1:]]
            data = self.csv(["work", "debt", "wage", "needs", "age"], rows, "labels.csv")
            self.assertEqual([self.ask(data, question, "--form", self.form)["estimates"] for question in ("work", "debt", "wage")], expected)
            self.assertEqual(self.ask(data, "age", "--form", self.form, "--where", "work=yes")["estimates"][0]["n"], 2)
        spss = self.csv(["Q1"], [["Yes"], ["2.00"], ["1"], ["Both"], ["Perhaps"]], "spss.csv")
        design = self.design(questions={"Q1": {"answers": {"1": "Yes", "2": "No", "3": "Both", "4": "Both"}}})
        found = {one["answer"]: (one["contributors"], one["invalid"]) for one in self.ask(spss, "Q1", "--design", design)["estimates"]}
        self.assertEqual(found, {"1": (2, 2), "2": (1, 2), "3": (0, 2), "4": (0, 2)})  # a label of two codes is no answer

    def test_repeats_within_repeats_and_names_that_come_twice(self):
        survey = [["type", "name", "label"], ["begin_group", "hh", ""], ["select_one yn", "well", "Is the head well?"], ["end_group", "", ""],
                  ["begin_repeat", "members", ""], ["select_one yn", "well", "Is the member well?"],
                  ["begin_repeat", "papers", ""], ["select_one yn", "valid", "Is the paper valid?"], ["end_repeat", "", ""], ["end_repeat", "", ""]]
        write_form(self.form, {"survey": survey, "choices": FORM["choices"]})
        book, package = self.folder / "export.xlsx", self.folder / "package"
        write_form(book, {
            "main": [["_uuid", "weight", "hh/well", "_index"], ["u1", "2", "yes", "1"], ["u2", "3", "no", "2"]],
            "members": [["well", "_index", "_parent_index", "_submission__uuid"], ["no", "1", "1", "u1"], ["no", "2", "1", "u1"], ["no", "3", "2", "u2"]],
            "papers": [["valid", "_index", "_parent_index", "_submission__uuid"], ["yes", "1", "3", "u2"], ["no", "2", "2", "u1"]]})
        self.assertEqual(run("init", package, self.form, book).returncode, 0)
        head, = (one for one in self.ask(package, "well")["estimates"] if one["answer"] == "yes")
        self.assertEqual((head["n"], head["contributors"], head["question_label"]), (2, 1, "Is the head well?"))
        member, = (one for one in self.ask(package, "well", "--resource", "export-members")["estimates"] if one["answer"] == "yes")
        self.assertEqual((member["n"], member["contributors"], member["question_label"]), (3, 0, "Is the member well?"))
        paper, = (one for one in self.ask(package, "valid", "--resource", "export-papers")["estimates"] if one["answer"] == "yes")
        self.assertEqual((paper["rows"], paper["weight"], paper["estimate"]), (2, "5", 0.6))

    def test_repeats_within_repeats_of_central(self):
        """ODK Central and SurveyCTO: PARENT_KEY of a repeat within a repeat is the KEY of its member, which begins with that of the interview."""
        survey = [["type", "name", "label"], ["begin_repeat", "members", ""], ["integer", "m_age", "Age"], ["begin_repeat", "papers", ""],
                  ["select_one yn", "valid", "Is the paper valid?"], ["end_repeat", "", ""], ["end_repeat", "", ""]]
        write_form(self.form, {"survey": survey, "choices": FORM["choices"]})
        main = self.csv(["weight", "KEY"], [["2", "uuid:a"], ["3", "uuid:b"], ["5", "uuid:a/x"]], "hh.csv")
        members = self.csv(["m_age", "PARENT_KEY", "KEY"], [["5", "uuid:a", "uuid:a/members[1]"], ["8", "uuid:b", "uuid:b/members[1]"]], "hh-members.csv")
        papers = self.csv(["valid", "PARENT_KEY", "KEY"],
                          [["yes", "uuid:a/members[1]", "uuid:a/members[1]/papers[1]"], ["no", "uuid:b/members[1]", "uuid:b/members[1]/papers[1]"],
                           ["no", "uuid:b/members[1]", "uuid:b/members[1]/papers[2]"], ["no", "uuid:a/x", "uuid:a/x/papers[1]"],
                           ["no", "uuid:c/members[1]", "uuid:c/members[1]/papers[1]"]], "hh-members-papers.csv")
        package = self.folder / "package"
        made = run("init", package, self.form, main, members, papers)
        self.assertEqual(made.returncode, 0, made.stderr)
        found = {one["answer"]: one for one in self.ask(package, "valid", "--resource", "hh-members-papers")["estimates"]}
        self.assertEqual((found["yes"]["n"], found["yes"]["weight"]), (4, "13"))
        self.assertAlmostEqual(found["yes"]["estimate"], 2 / 13, 14)
        self.assertIn("hh-members-papers.csv:6: error[MTM-E215]", run("survey", package, "--resource", "hh-members-papers").stdout)

    def test_roster_in_a_file_of_its_own(self):
        rows = interviews(40)
        self.csv(HEADER, rows)
        self.csv(["parent", "age"], [[row[9], "7"] for row in rows] + [["1", "9"]], "people.csv")
        (self.folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [
            {"name": "people", "path": "data.csv", "mtm": {"survey": {
                "weight": "weight", "clusters": ["cluster", "_index"], "roster": {"path": "people.csv", "key": "_index", "parent": "parent"}}}}]}))
        self.assertEqual(self.ask(self.folder, "hh/work")["estimates"][0]["rows"], 41)
        for roster in ({"path": "people.csv", "key": "none", "parent": "parent"}, {"path": "people.csv", "key": "_index", "parent": "none"},
                       {"key": "_index", "parent": "parent"}, {"path": "gone.csv", "key": "_index", "parent": "parent"}):
            text = json.loads((self.folder / "datapackage.json").read_text())
            text["resources"][0]["mtm"]["survey"]["roster"] = roster
            (self.folder / "datapackage.json").write_text(json.dumps(text))
            ran = run("survey", self.folder, "hh/work")
            self.assertNotEqual(ran.returncode, 0)
            self.assertNotIn("Traceback", ran.stderr)

    def test_headers_of_labels(self):
        """Kobo exports headers as labels too, of any language: the columns are those of the names."""
        rows = interviews(60)
        flags = [["1" if one in row[7].split() else "0" for one in ("water", "cash")] if row[7] else ["", ""] for row in rows]
        names = self.csv([*HEADER, "needs/water", "needs/cash"], [row + more for row, more in zip(rows, flags)])
        design = self.design(weight="weight", clusters="cluster", id="_uuid")
        questions = ("work", "debt", "wage", "needs", "age")
        asked = [self.ask(names, one, "--design", design, "--form", self.form)["estimates"] for one in questions]
        words = {"hh/work": "Вы работали?", "hh/debt": "Есть долги?", "inner/wage": "Зарплата", "age": "Возраст", "needs": "Нужды",
                 "needs/water": "Нужды/Вода", "needs/cash": "Нужды/Деньги"}
        header = [words.get(one, one) for one in [*HEADER, "needs/water", "needs/cash"]]
        labels = self.csv(header, [row + more for row, more in zip(rows, flags)], "labels.csv")
        found = [self.ask(labels, one, "--design", design, "--form", self.form)["estimates"] for one in questions]
        self.assertEqual(found, asked)
        self.assertGreater(asked[2][0]["not_asked"], 0)
        # a column that has the name keeps it, and a label of two questions is none
        both = self.csv(["work", "Have you worked?"], [["yes", "no"], ["yes", "no"]], "both.csv")
        self.assertEqual({one["answer"]: one["contributors"] for one in self.ask(both, "work", "--form", self.form)["estimates"]},
                         {"yes": 2, "no": 0})
        design = self.design(questions={"a": {"label": "Same"}, "b": {"label": "Same"}})
        self.assertIn("no question", run("survey", self.csv(["Same"], [["x"], ["x"]], "same.csv"), "a", "--design", design).stderr)

    def test_choices_that_are_no_answers(self):
        """"Do not know" and "refused" among the choices leave the base: init declares them, and no row of a table is theirs."""
        form, data = self.folder / "words.xlsx", self.folder / "export.csv"
        write_form(form, {"survey": [["type", "name", "label::English (en)", "label::Русский (ru)"], ["select_one yn", "work", "Do you work?", "Вы работаете?"],
                                     ["select_multiple need", "needs", "Needs", "Нужды"], ["begin_repeat", "member", "Members", "Члены"],
                                     ["select_one yn", "school", "At school?", "В школе?"], ["end_repeat"], ["integer", "age", "Age", "Возраст"]],
                          "choices": [["list_name", "name", "label::English (en)", "label::Русский (ru)"], ["yn", "yes", "Yes", "Да"], ["yn", "no", "No", "Нет"],
                                      ["yn", "dk", "Do not know", "Не знаю"], ["yn", "r", "Refused", "Отказ"], ["yn", "-88", "DON’T KNOW", "Затрудняюсь ответить"], ["yn", "98", "Don't know", "Не знаю"],
                                      ["need", "food", "Food", "Еда"], ["need", "dnk", "Do not know", "Не знаю"]],
                          "settings": [["form_id", "form_title"], ["f", "Needs 2024"]]})
        words = ["yes"] * 40 + ["no"] * 50 + ["98"] * 10 + ["dk"] * 7 + ["r"] * 3
        needs = ["food"] * 70 + ["dnk"] * 25 + [""] * 15
        data.write_text("start,work,needs,needs/food,needs/dnk,weight\n" + "".join(
            f"2024-05-0{1 + i % 9}T10:00,{work},{need},{'' if need == '' else int(need == 'food')},{'' if need == '' else int(need == 'dnk')},2\n"
            for i, (work, need) in enumerate(zip(words, needs))))
        package = self.folder / "words"
        self.assertEqual(run("init", package, form, data).returncode, 0)
        survey = json.loads((package / "datapackage.json").read_text())["resources"][0]["mtm"]["survey"]
        self.assertEqual((survey["title"], survey["unknown"], survey["refused"]), ("Needs 2024", ["dk", "-88", "dnk"], ["r"]))
        work = self.ask(package, "work")["estimates"]
        self.assertEqual(survey["questions"], {"work": {"unknown": ["dk", "-88", "98"], "refused": ["r"]}})  # 98 may be an age in another
        self.assertEqual([one["answer"] for one in work], ["yes", "no"])
        self.assertEqual([work[0][key] for key in ("contributors", "n", "unknown", "refused")], [40, 90, 17, 3])
        food, = self.ask(package, "needs")["estimates"]
        self.assertEqual([food[key] for key in ("answer", "estimate", "n", "unknown", "missing")], ["food", 1, 70, 25, 15])
        text = run("report", package).stdout
        self.assertIn("Needs 2024", text)
        self.assertIn("Do you work: No, 55.6", text)
        self.assertNotIn("Not covered", text)  # the package is of a survey alone

    def test_numbers_are_codes_where_nobody_asks_for_numbers(self):
        form, data, package = self.folder / "codes.xlsx", self.folder / "codes.csv", self.folder / "codes"
        write_form(form, {"survey": [["type", "name", "label"], ["select_one yn", "work", "Do you work?"]],
                          "choices": [["list_name", "name", "label"], ["yn", "1", "Yes"], ["yn", "0", "No"], ["yn", "98", "No answer"],
                                      ["yn", "99", "Ne sait pas"], ["yn", "97", "None of them"]]})
        data.write_text("start,work\n" + "".join(f"2024-05-01T10:00,{code}\n" for code in [1] * 30 + [0] * 20 + [98, 99, 97] * 5))
        self.assertEqual(run("init", package, form, data).returncode, 0)
        survey = json.loads((package / "datapackage.json").read_text())["resources"][0]["mtm"]["survey"]
        self.assertEqual((survey["unknown"], survey["refused"]), (["99"], ["98"]))
        work = self.ask(package, "work")["estimates"]
        self.assertEqual([(one["answer"], one["contributors"], one["n"]) for one in work], [("1", 30, 55), ("0", 20, 55), ("97", 5, 55)])

    def test_rosters_report_the_questions_of_members(self):
        rows = interviews(60)
        book, package = self.folder / "export.xlsx", self.folder / "package"
        write_form(book, {"interviews": [HEADER, *rows],
                          "members": [["_parent_index", "school"], *[[str(1 + i % 60), "yes" if i % 3 else "no"] for i in range(150)]]})
        self.assertEqual(run("init", package, self.form, book).returncode, 0)
        text = run("report", package).stdout
        self.assertEqual((text.count("\nHave you worked?\n"), text.count("\nAt school?\n")), (1, 1))
        self.assertIn("Interviews: 60; rows refused: 0 of 60.", text)
        self.assertIn("one for each member of a household that was interviewed: 150;", " ".join(text.split()))
        self.assertNotIn("Interviews: 150", text)


if __name__ == "__main__":
    unittest.main()
