"""Why there is no figure: the sentence says what was found, in every language. Figures that differ in a dimension nobody
filtered are not "given as missing"."""
import tempfile
import unittest

from packages import compute, package

DIFFERS = {"en": "the source gives {n} figures that differ in “{name}”, and these are not added up, because ",
           "ru": "источник приводит значения, которые различаются по признаку «{name}» (всего {n}), и складывать их нельзя, потому что ",
           "kk": "дереккөз «{name}» белгісі бойынша ерекшеленетін {n} мән келтіреді, оларды қосуға болмайды, себебі "}


def notes(lines, dimensions, language, indicator="arrivals", period="2024-06", **properties):
    fields = [{"name": "period", "mtm": {"role": "period"}},
              *({"name": name, "mtm": {"role": "dimension", "dimension": name}} for name in dimensions),
              {"name": "value", "mtm": {"role": "value"}}]
    with tempfile.TemporaryDirectory() as folder:
        package(folder, {"t": (lines, properties, fields)})
        result = compute(folder, period, indicator, "-l", language)
    return result["reason"], result["notes"][0]


class Sentences(unittest.TestCase):
    def check(self, lines, dimensions, reason, n, names, **properties):
        for language, words in DIFFERS.items():
            got, note = notes(lines, dimensions, language, **properties)
            self.assertEqual(got, reason)
            self.assertIn(words.format(n=n, name=names[language]), note)

    def test_58_figures_that_differ_in_one_dimension(self):
        lines = ["period,checkpoint,value"] + [f"2024-06,point {i},{i + 1}" for i in range(58)]
        self.check(lines, ["checkpoint"], "coverage-unknown", 58, {"en": "Checkpoint", "ru": "Пункт пропуска", "kk": "Өткізу пункті"},
                   partsAreSelection=["checkpoint"])

    def test_two_dimensions(self):
        lines = ["period,checkpoint,citizenship,value"] + [f"2024-06,point {i},{c},{i + 1}" for i in range(5)
                                                           for c in ("UZB", "RUS", "KGZ", "CHN")]
        self.check(lines, ["checkpoint", "citizenship"], "coverage-unknown", 20,
                   {"en": "Checkpoint, Citizenship", "ru": "Пункт пропуска, Гражданство", "kk": "Өткізу пункті, Азаматтығы"},
                   partsAreSelection=True)

    def test_groups_that_overlap(self):
        lines = ["period,age,value", "2024-06,0-17,5", "2024-06,0-4,2", "2024-06,18+,9"]
        self.check(lines, ["age"], "total-uncertain", 3, {"en": "Age", "ru": "Возраст", "kk": "Жасы"})

    def test_another_dimension_is_summed(self):
        lines = ["period,checkpoint,value"] + [f"2024-06,point {i},{i + 1}" for i in range(58)]
        self.assertEqual(notes(lines, ["checkpoint"], "en")[0], None)

    def test_missing_is_only_what_the_source_gives_as_missing(self):
        for mark in ("...", "n/a", "н/д"):
            reason, note = notes(["period,citizenship,value", f"2024-06,UZB,{mark}", "2024-06,RUS,5"], ["citizenship"], "en")
            self.assertEqual(reason, "missing-value", mark)
            self.assertIn("the source gives the figure as missing", note)
        # what programs write for an empty cell is an empty cell
        for mark in ("", "NaN", "NULL"):
            lines = ["period,citizenship,value"] + [f"2024-0{m},{c},5" for m in range(1, 6) for c in ("UZB", "RUS", "CHN")]
            lines += [f"2024-06,UZB,{mark}", "2024-06,RUS,5", "2024-06,CHN,5"]
            self.assertEqual(notes(lines, ["citizenship"], "en")[0], "coverage-incomplete", mark)

    def test_a_mark_is_no_zero_by_declaration(self):
        lines = ["period,citizenship,value"] + [f"2024-0{m},{c},5" for m in range(1, 6) for c in ("UZB", "RUS", "CHN")]
        for mark, reason in (("n/a", "missing-value"), ("...", "missing-value"), ("", None)):
            more = [f"2024-06,UZB,{mark}", "2024-06,RUS,5", "2024-06,CHN,5"]
            self.assertEqual(notes(lines + more, ["citizenship"], "en", absent="zero")[0], reason, mark)


if __name__ == "__main__":
    unittest.main()
