"""Tables whose title, header or labels contradict each other: both readings are shown and nothing is built, before and after init.

Beside each stands a table that differs in little and is read, so that a refusal is no habit.
"""
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from checks.agency import tsv  # noqa: E402
from program import run  # noqa: E402

THOUSANDS = """
Миграция населения, тыс. человек | |
Год | Прибыло%s | Выбыло%s
2022 | 17425 | 24000
2023 | 25387 | 16000
"""
YEARS = """
Миграция населения за январь-июнь %s года |
Регион | %s
Абай | 763
Акмолинская | 453
Актюбинская | 597
"""
DIRECTIONS = """
%s |
Гражданство | %s 2023
Узбекистан | 763
Россия | 453
Китай | 597
"""


class Contradictions(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(self.folder))

    def check(self, text, *options):
        path = self.folder / "t.csv"
        path.write_text(tsv(text) if " |" in text else text)
        return json.loads(run("check", path, "-f", "json", *options).stdout)

    def refuses(self, text, code, *words):
        found = self.check(text)
        self.assertIn(found["outcome"], ("error", "rejected-rows"), text)
        errors = [one for one in found["diagnostics"] if one["severity"] == "error"]
        self.assertIn("MTM-" + code, [one["code"] for one in errors])
        said = " ".join(str(one.get(key, "")) for one in errors for key in ("found", "expected", "hint"))
        for word in words:
            self.assertIn(word, said)
        package = self.folder / "package"
        run("init", package, self.folder / "t.csv", "--country", "KAZ", "--concept", "migration")
        done = run("report", package, "-f", "json")
        values = [one["value"] for section in json.loads(done.stdout or '{"sections": []}')["sections"]
                  for one in section["indicators"] if one.get("value") is not None]
        self.assertEqual(values, [])

    def reads(self, text, total, *options):
        found = self.check(text, *options)
        self.assertIn(found["outcome"], ("ok", "ok-with-notes"), found["diagnostics"])
        sums = sum(float(one["sum"]) for one in found["columns"] if one.get("sum") is not None)
        self.assertEqual(sums, total)
        return found

    def test_thousands_in_the_title_and_none_in_the_header(self):
        self.refuses(THOUSANDS % (", человек", ", человек"), "E055", "тыс. человек", "Прибыло, человек", "multiplier")
        self.refuses("\"Migrants, thousand persons\",,\nCountry,Year,Persons\nUZB,2023,12\nKGZ,2023,13\n", "E055", "Persons", "thousand persons")
        self.reads(THOUSANDS % ("", ""), 82812)
        self.reads(THOUSANDS % (", тыс. человек", ", тыс. человек"), 82812)

    def test_the_resource_settles_the_power(self):
        for power in (0, 3):
            (self.folder / "r.json").write_text(json.dumps({"mtm": {"concept": "migration", "multiplier": power}}))
            self.reads(THOUSANDS % (", человек", ", человек"), 82812, "--resource", self.folder / "r.json")

    def test_periods_of_two_years(self):
        self.refuses(YEARS % (2023, "январь-июнь 2024 г."), "E083", "2023", "2024")
        self.refuses(YEARS.replace("январь-июнь %s года", "%s год") % (2022, "2023 год"), "E083")
        self.reads(YEARS % (2024, "январь-июнь 2024 г."), 1813)
        # One of two periods in the header is that of the title; a title may be of a longer one; a day is one of issue.
        self.reads("Миграция за 2023 год,,\nРегион,2022,2023\nАбай,1,2\nАстана,3,4\n", 10)
        self.reads("Миграция в 2024 году,\nРегион,январь-июнь 2024 г.\nАбай,1\nАстана,3\n", 4)
        self.reads("По состоянию на 01.02.2024,\nРегион,2023\nАбай,1\nАстана,3\n", 4)

    def test_a_title_of_arrivals_above_departures(self):
        self.refuses(DIRECTIONS % ("Въезд иностранцев", "Выехало"), "E053", "Въезд иностранцев", "Выехало")
        self.refuses(DIRECTIONS % ("Число выбывших", "Прибыло"), "E053")
        self.reads(DIRECTIONS % ("Въезд иностранцев", "Въехало"), 1813)
        self.reads(DIRECTIONS % ("Въезд и выезд иностранцев", "Выехало"), 1813)
        self.reads("Въезд иностранцев,,\nГод,Въехало,Выехало\n2022,1,2\n2023,3,4\n", 10)

    def test_months_of_the_title_for_years_below_it(self):
        for title, months in (("Внешняя миграция за январь-март", "Q1"), ("Внешняя миграция, 1 полугодие", "S1"),
                              ("Migration, January-June", "S1"), ("Миграция за II квартал", "Q2")):
            found = self.reads(f"{title} | |\n | 2023 год | 2024 год\nПрибыло | 5 | 7\nВыбыло | 4 | 6\n", 22)
            self.assertEqual([f"2023-{months}", f"2024-{months}"], [one["period"] for one in found["columns"] if one.get("period")], title)
        # Words that are months and something else; a title of the whole year.
        for title in ("Figures may not add up", "Миграция за год", "Table 12"):
            found = self.reads(f"{title} | |\n | 2023 год | 2024 год\nПрибыло | 5 | 7\nВыбыло | 4 | 6\n", 22)
            self.assertEqual(["2023", "2024"], [one["period"] for one in found["columns"] if one.get("period")], title)

    def test_names_with_commas_between_semicolons(self):
        found = self.reads("Миграция населения;;\nГод;Прибыло, человек;Выбыло, человек\n2022;17;24\n2023;25;16\n", 82)
        self.assertEqual(["Год", "Прибыло, человек", "Выбыло, человек"], [one["name"] for one in found["columns"]])


if __name__ == "__main__":
    unittest.main()
