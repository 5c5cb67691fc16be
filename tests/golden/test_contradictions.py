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
        package = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
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

    def test_months_in_a_column_of_no_name(self):
        # Unicode CLDR: months from January, as tables below a title with the year have them.
        for months in ("январь февраль март апрель", "қаңтар ақпан наурыз сәуір", "yan fev mar apr", "Ýan Few Mar Apr", "січ. лют. бер. квіт.",
                       "сту лют сак кра", "հունվարի փետրվարի մարտի ապրիլի", "იან თებ მარ აპრ", "Oca Şub Mar Nis", "janeiro fevereiro março abril",
                       "gennaio febbraio marzo aprile", "Jan Feb Mar Apr", "1-р_сар 2-р_сар 3-р_сар 4-р_сар"):
            names = [month.replace("_", " ") for month in months.split()]
            found = self.reads("Миграция, 2024 год | |\n | Прибыло | Выбыло\n" + "".join(f"{name} | 1 | 2\n" for name in names), 12)
            self.assertEqual("2024-01-01/P4M", found["periods"], months)
        # Some are months and some are not known: never the whole year for each.
        self.refuses("Миграция, 2024 год | |\n | Прибыло | Выбыло\nene | 1 | 2\nfeb | 1 | 2\nmar | 1 | 2\nabr | 1 | 2\n", "E080", "2024")
        # One word that is a month among others is a label.
        found = self.reads("Миграция, 2024 год | |\n | Прибыло | Выбыло\nMay | 1 | 2\nPim | 1 | 2\nTom | 1 | 2\n", 9)
        self.assertEqual("2024", found["periods"])

    def test_a_dash_before_the_year(self):
        table = " | |\n | Прибыло | Выбыло\nРоссия | 5 | 7\nКитай | 4 | 6\n"
        self.assertEqual("2023", self.reads("Халықтың көші-қоны, 2023 жыл" + table, 22)["periods"])
        self.assertEqual("error", self.check("Migration in foo-bar 2023" + table)["outcome"])

    def test_beginnings_of_years(self):
        for words in ("ýylyň başyna", "на пачатак года", "жыл башына", "yıl başında", "на начало года"):
            found = self.reads(f"Population {words}\n\nYear;Total\n2023;5\n2024;7\n", 12)
            self.assertTrue(found["periods"].startswith("2023-01-01"), words + ": " + found["periods"])
            self.assertNotIn("P2Y", found["periods"], words)

    def test_a_power_of_ten_in_labels(self):
        ilo = "ref_area.label,indicator.label,sex.label,time,obs_value\nKazakhstan,Employed migrants%s,Male,2021,190.0\nKazakhstan,Employed migrants%s,Female,2021,331.0\n"
        found = self.reads(ilo % (" (thousands)", " (thousands)"), 521)
        self.assertIn("MTM-N055", [one["code"] for one in found["diagnostics"]])
        self.reads(ilo % ("", ""), 521)
        self.refuses(ilo % (" (thousands)", ""), "E055", "thousands")
        self.refuses("Миграция, человек;;\nПоказатель;2022;2023\nПрибыло, тыс. человек;17;25\nВыбыло, тыс. человек;24;16\n", "E055")
        self.refuses("Показатель;2022;2023\nПрибыло, тыс. человек;17;25\nВыбыло, человек;24000;16000\n", "E055", "multiplier")
        package = self.folder / "thousands"
        (self.folder / "t.csv").write_text("Показатель;2022;2023\nПрибыло, тыс. человек;17;25\nВыбыло, тыс. человек;24;16\n")
        self.assertEqual(0, run("init", package, self.folder / "t.csv", "--country", "KAZ", "--concept", "migration").returncode)
        computed = json.loads(run("compute", package, "immigration", "--period", "2023", "-f", "json").stdout)
        self.assertIn((computed["value"], computed["multiplier"]), (("25", 3), (None, 0)))  # never 25 persons

    def test_moves_within_the_country_beside_others(self):
        text = "%s;;\nВид миграции;Прибыло;Выбыло\nВнешняя миграция;29318;16878\n%s;542017;542017\n"
        (self.folder / "t.csv").write_text(text % ("Миграция в 2023 году", "Внутренняя миграция"))
        package = self.folder / "package"
        self.assertEqual(0, run("init", package, self.folder / "t.csv", "--country", "KAZ", "--concept", "migration").returncode)
        computed = json.loads(run("compute", package, "immigration", "--period", "2023", "-f", "json").stdout)
        self.assertEqual((None, "total-uncertain"), (computed["value"], computed["reason"]))

    def test_fewer_than_none_came(self):
        self.refuses("Период,Страна,Прибыло\n2024-Q1,Россия,-120\n2024-Q1,Китай,77\n", "E136", "-120")
        self.reads("Период,Страна,Сальдо миграции\n2024-Q1,Россия,-120\n2024-Q1,Китай,77\n", -43)

    def test_names_with_commas_between_semicolons(self):
        found = self.reads("Миграция населения;;\nГод;Прибыло, человек;Выбыло, человек\n2022;17;24\n2023;25;16\n", 82)
        self.assertEqual(["Год", "Прибыло, человек", "Выбыло, человек"], [one["name"] for one in found["columns"]])

    def test_a_balance_is_held_to_its_row(self):
        table = "Период,Прибыло,Выбыло,Сальдо миграции\n2022,17425,24000,-6575\n2023,25387,16000,%s\n"
        said = [one for one in self.check(table % "9999")["diagnostics"] if one["code"] == "MTM-N102"]
        self.assertEqual([(one["line"], one["column"], one["found"]) for one in said], [(3, 18, "9999")])
        self.assertNotIn("MTM-N102", [one["code"] for one in self.check(table % "9387")["diagnostics"]])
        rounded = "Период,Прибыло,Выбыло,Сальдо миграции\n2022,17.4,24.0,-6.5\n"
        self.assertNotIn("MTM-N102", [one["code"] for one in self.check(rounded)["diagnostics"]])


if __name__ == "__main__":
    unittest.main()
