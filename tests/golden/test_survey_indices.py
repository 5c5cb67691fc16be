"""Built-in composite indicators beside the rules that those who made them publish: scores worked out by hand from the weights and
cut-offs of the source that each test names. Households and persons are invented."""
import json
import pathlib
import tempfile
import unittest

from program import run

FCS = ["staples", "pulses", "vegetables", "fruit", "meat", "milk", "sugar", "oil"]
RCSI = ["less_preferred", "borrow", "smaller_portions", "adults_eat_less", "fewer_meals"]
HDDS = ["cereals", "roots", "vegetables", "fruit", "meat", "eggs", "fish", "pulses", "milk", "oil", "sugar", "other"]
WG = ["seeing", "hearing", "walking", "remembering", "self_care", "communicating"]


class Indices(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def read(self, header, rows, indicator, **design):
        """The survey of one indicator `x`; each row is a group of its own, so that its score can be asked."""
        self.data = self.folder / "data.csv"
        lines = [",".join(["row", *header])] + [",".join([f"r{i}", *map(str, row)]) for i, row in enumerate(rows)]
        self.data.write_text("\n".join(lines) + "\n")
        self.design = self.folder / "design.json"
        self.design.write_text(json.dumps({"indicators": {"x": indicator}, **design}))

    def ask(self, question, *arguments):
        ran = run("survey", self.data, question, "--design", self.design, "-f", "json", *arguments)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return json.loads(ran.stdout)["estimates"]

    def scores(self):
        found = {one["domain"]: one for one in self.ask("x", "--by", "row")}
        return [found[f"row=r{i}"]["estimate"] for i in range(len(found))]

    def groups(self):
        return {one["answer"]: one["contributors"] for one in self.ask("x_group")}

    def test_food_consumption_score(self):
        """WFP 2008 (VAM resource centre, WFP RAM scripts): staples 2, pulses 3, vegetables 1, fruit 1, meat 4, milk 4, sugar and oil 0.5;
        poor to 21, borderline 21.5 to 35, acceptable from 35.5; where sugar and oil are eaten daily, 28 and 42."""
        rows = [[7, 0, 5, 0, 0, 0, 2, 2], [7, 0, 5, 0, 0, 0, 3, 2], [7, 3, 5, 0, 1, 0, 3, 3], [7, 3, 5, 0, 1, 0, 4, 3], [7] * 8, [0] * 8,
                [7, 7, 0, 0, 0, 0, 0, 0]]
        self.read(FCS, rows, {"use": "fcs"})
        self.assertEqual(self.scores(), [21, 21.5, 35, 35.5, 112, 0, 35])
        self.assertEqual(self.groups(), {"poor": 2, "borderline": 3, "acceptable": 2})
        self.read(FCS, rows, {"use": "fcs", "groups": [{"name": "poor", "below": 28.5}, {"name": "borderline", "below": 42.5},
                                                       {"name": "acceptable"}]})
        self.assertEqual(self.groups(), {"poor": 3, "borderline": 3, "acceptable": 1})

    def test_foods_of_one_group_add_up_to_seven_days_at_most(self):
        """WFP 2008: sum the days of foods of the same group, and recode what is above 7 as 7. A single food eaten on 9 days of 7 is no answer."""
        self.read(["maize", "rice", *FCS[1:]], [[6, 5, 0, 0, 0, 0, 0, 0, 0], [2, 1, 1, 0, 0, 0, 0, 0, 0], [9, 0, 0, 0, 0, 0, 0, 0, 0]],
                  {"use": "fcs", "items": {"staples": {"question": ["maize", "rice"]}}})
        found = self.ask("x", "--by", "row")
        self.assertEqual([(one["estimate"], one["n"]) for one in found[:2]], [(14, 1), (9, 1)])
        self.assertEqual(sum(one["n"] for one in found), 2)

    def test_a_score_says_how_many_answers_it_needs(self):
        """WFP's scripts count a food group without an answer as not eaten: on request, for by default such a household has no score."""
        rows = [["", 1, 7, 0, 0, 0, 0, 0], [7, 1, 0, 0, 0, 0, 0, 0], [""] * 8]
        self.read(FCS, rows, {"use": "fcs"})
        self.assertEqual(sum(one["n"] for one in self.ask("x")), 1)
        self.read(FCS, rows, {"use": "fcs", "answered": 1})
        self.assertEqual([(one["domain"], one["estimate"]) for one in self.ask("x", "--by", "row") if one["n"]],
                         [("row=r0", 10), ("row=r1", 17)])
        for wrong in (0, 9, "all", 1.5):
            self.read(FCS, rows, {"use": "fcs", "answered": wrong})
            self.assertIn('"answered"', run("survey", self.data, "x", "--design", self.design).stderr)

    def test_reduced_coping_strategies_index(self):
        """Maxwell and Caldwell 2008: weights 1, 2, 1, 3, 1, so 56 at most; IPC: 0 to 3, 4 to 18, 19 and more."""
        self.read(RCSI, [[0] * 5, [1, 0, 1, 0, 1], [1, 1, 1, 0, 0], [3, 2, 3, 2, 2], [3, 2, 3, 2, 3], [7] * 5, [0, 0, 0, 1, 0]],
                  {"use": "rcsi"})
        self.assertEqual(self.scores(), [0, 3, 4, 18, 19, 56, 3])
        self.assertEqual(self.groups(), {"0-3": 3, "4-18": 2, "19 and more": 2})

    def test_household_dietary_diversity_score(self):
        """Swindale and Bilinsky 2006 (FANTA): the sum of twelve groups eaten yesterday; the indicator is its mean over households."""
        rows = [["yes"] * 12, ["no"] * 12, ["yes"] + ["no"] * 11, [1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0]]
        self.read(HDDS, rows, {"use": "hdds"})
        self.assertEqual(self.scores(), [12, 0, 1, 4])
        self.assertEqual(self.ask("x")[0]["estimate"], (12 + 0 + 1 + 4) / 4)

    def test_washington_group_short_set(self):
        """Washington Group 2020, DISABILITY3: with disability where one domain is 3 or 4; 7, 8 and 9 are missing; without an identifier
        only where all six domains are missing."""
        rows = [[1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2], [1, 1, 3, 1, 1, 1], [1, 4, 1, 1, 1, 1], [3, 9, 7, 8, 9, 9], [1, 9, 9, 9, 9, 9],
                [7, 8, 9, 9, 9, ""]]
        self.read(WG, rows, {"use": "wg-ss"})
        self.assertEqual(self.groups(), {"without disability": 3, "with disability": 3})
        found = {one["domain"]: one["n"] for one in self.ask("x_group", "--by", "row", "--answer", "with disability")}
        self.assertEqual(found.get("row=r6", 0), 0)

    def test_other_identifiers_of_the_washington_group_are_own_indicators(self):
        """DISABILITY1 (some difficulty in one domain) and DISABILITY4 (cannot do at all) of the same document."""
        rows = [[1, 1, 1, 1, 1, 1], [1, 2, 1, 1, 1, 1], [1, 1, 3, 1, 1, 1], [1, 4, 1, 1, 1, 9]]
        for start, expected in ((2, 3), (4, 1)):
            self.read(WG, rows, {"answered": 1, "items": {name: {"from": start, "least": 1, "most": 4} for name in WG},
                                 "groups": [{"name": "without", "below": 1}, {"name": "with"}]})
            self.assertEqual(self.groups()["with"], expected)

    def test_multidimensional_poverty_index_of_the_technical_notes(self):
        """UNDP, Human Development Report 2015, technical note 5, "Example using hypothetical data": four households of 4, 7, 5 and 4
        persons, ten indicators of weight 1/6 and 1/18, scores of 22.2, 72.2, 38.9 and 50.0 per cent; poor from one third on;
        H = 0.800, A = 0.5625, MPI = 0.450; of it 29.6 per cent health, 33.3 education, 37.0 living standards."""
        names = ["nutrition", "mortality", "schooling", "attendance", "electricity", "water", "sanitation", "floor", "fuel", "assets"]
        columns = {"nutrition": "0010", "mortality": "1101", "schooling": "0101", "attendance": "0100", "electricity": "0111",
                   "water": "0010", "sanitation": "0110", "floor": "0000", "fuel": "1111", "assets": "0101"}
        rows = [[size, *(columns[name][i] for name in names)] for i, size in enumerate((4, 7, 5, 4))]
        items = {name: {"weight": 1 / 6 if i < 4 else 1 / 18} for i, name in enumerate(names)}
        self.read(["size", *names], rows, {"cut": 1 / 3, "items": items}, weight="size")
        for found, expected in zip(self.scores(), (4, 13, 7, 9)):
            self.assertAlmostEqual(found, expected / 18, 14)
        self.assertAlmostEqual(self.ask("x_poor")[0]["estimate"], 0.8, 14)
        self.assertAlmostEqual(self.ask("x_censored")[0]["estimate"], 0.45, 14)
        intensity, = self.ask("x_censored", "--over", "x_poor", "--statistic", "ratio")
        self.assertAlmostEqual(intensity["estimate"], 0.5625, 14)
        poor = ["--where", "row=r1|r2|r3", "--statistic", "total", "--answer", "1"]
        persons = {name: self.ask(name, *poor)[0]["estimate"] if "1" in columns[name][1:] else 0 for name in names}
        for of, expected in ((names[:2], 29.6), (names[2:4], 33.3), (names[4:], 37.0)):
            part = sum(persons[name] * items[name]["weight"] for name in of) / 20 / 0.45
            self.assertAlmostEqual(100 * part, expected, 1)

    def test_who_has_just_the_share_of_the_cut_is_poor(self):
        """Alkire and Foster 2011: poor is who has at least the share k of weighted deprivations, also where binary fractions fall short."""
        names = ["a", "b", "c", "d", "e", "f", "g"]
        weights = [1 / 6, 1 / 18, 1 / 18, 1 / 18, 1 / 6, 1 / 3, 1 / 6]
        self.read(names, [[1, 1, 1, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 0, 0]],
                  {"cut": 1 / 3, "items": {name: {"weight": weight} for name, weight in zip(names, weights)}})
        self.assertEqual([one["estimate"] for one in self.ask("x_poor", "--by", "row")], [1, 1, 1, 0])

    def test_coping_strategies_index_with_weights_of_its_own(self):
        """BMC Public Health 15 (2015), doi 10.1186/s12889-015-1418-x, table 1, "Computation of the coping strategy index: an
        illustration": relative frequencies 0, 0.5, 1.5, 4.5, 7 times severity weights of twelve strategies add up to 17.0."""
        weights = [8, 2, 2, 4, 2, 4, 8, 8, 4, 8, 6, 2]
        row = [0, 4.5, 0.5, 0, 0.5, 1.5, 0, 0, 0, 0, 0, 0]
        names = [f"e{i + 1}" for i in range(12)]
        self.read(names, [row, [7] * 12], {"items": {name: {"weight": weight} for name, weight in zip(names, weights)}})
        self.assertEqual(self.scores(), [17, 7 * sum(weights)])

    def test_alkire_foster_example_of_the_paper(self):
        """Alkire and Foster 2011 (Journal of Public Economics 95; OPHI working paper 32), the example of four persons and four dimensions:
        cut-offs 13, 12, 3, 1; deprivation counts 0, 2, 4, 1; poor from two of four: H = 1/2, A = 3/4, M0 = 3/8. By the union (one of
        four) H = 3/4 and M0 = 7/16, by the intersection H = M0 = 1/4, worked out by hand from the same matrix."""
        rows = [[13.1, 14, 4, 1], [15.2, 7, 5, 0], [12.5, 10, 1, 0], [20.0, 11, 3, 1]]
        names, cutoffs = ["income", "schooling", "health", "access"], [13, 12, 3, 1]
        items = {name: {"below": below, "weight": 0.25} for name, below in zip(names, cutoffs)}
        for cut, headcount, adjusted in ((0.5, 1 / 2, 3 / 8), (0.25, 3 / 4, 7 / 16), (1, 1 / 4, 1 / 4)):
            self.read(names, rows, {"cut": cut, "items": items})
            self.assertEqual(self.scores(), [0, 0.5, 1, 0.25])
            self.assertEqual(self.ask("x_poor")[0]["estimate"], headcount)
            self.assertEqual(self.ask("x_censored")[0]["estimate"], adjusted)
        self.read(names, rows, {"cut": 0.5, "items": items})
        self.assertEqual(self.ask("x_censored", "--over", "x_poor", "--statistic", "ratio")[0]["estimate"], 0.75)

    def test_scores_that_other_programs_publish(self):
        """Figures of the tests of two programs for these scores: IMPACT Initiatives' addindicators (add_fcs) and the WFP survey toolbox
        (ReducedCopingStrategyIndex)."""
        self.read(FCS, [[1, 3, 3, 1, 5, 1, 1, 2], [2, 4, 2, 4, 4, 2, 7, 3], [3, 5, 1, 6, 3, 6, 6, 6], [2, 6, 6, 2, 2, 7, 5, 5],
                        [5, 1, 5, 2, 7, 3, 2, 1], [6, 6, 4, 2, 4, 4, 3, 7], [7, 5, 3, 4, 5, 2, 4, 4]], {"use": "fcs"})
        self.assertEqual(self.scores(), [40.5, 51, 70, 71, 61.5, 73, 68])
        self.read(RCSI, [[7, 4, 2, 7, 7], [3, 1, 1, 2, 0], [0, 0, 0, 1, 0]], {"use": "rcsi"})
        self.assertEqual(self.scores(), [45, 12, 3])

    def test_codes_of_no_answer_in_wfp_s_disability_module(self):
        """WFP's sample survey of the short set writes 888 for "do not know" and 999 for "refused"; a person with one of them still has an
        identifier from the other domains, a person with six has none (script pro-CC-1-4_hoh, category 3)."""
        rows = [[2, 3, 1, 1, 4, 1], [1, 1, 999, 1, 999, 1], [888, 888, 1, 1, 4, 4], [1, 2, 1, 2, 1, 2], [888] * 6, [999] * 6]
        self.read(WG, rows, {"use": "wg-ss"}, unknown=["888"], refused=["999"])
        self.assertEqual(self.groups(), {"without disability": 2, "with disability": 2})
        self.read(WG, rows, {"use": "wg-ss"})
        self.assertEqual(self.groups(), {"without disability": 2, "with disability": 2})

    def test_answers_in_words_replace_the_codes(self):
        """Exports with words: the package names those that count, and the bounds of the codes do not hold for them."""
        rows = [["no", "no", "no", "no", "no", "no"], ["no", "a lot", "no", "no", "no", "no"], ["some", "no", "no", "no", "no", "no"]]
        self.read(WG, rows, {"use": "wg-ss", "items": {name: {"answers": ["a lot", "cannot"]} for name in WG}})
        self.assertEqual(self.groups(), {"without disability": 2, "with disability": 1})


if __name__ == "__main__":
    unittest.main()
