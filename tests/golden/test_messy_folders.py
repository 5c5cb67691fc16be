"""A folder of messy files of one ministry becomes a right report in two commands, with nothing edited.

Each folder was written with the figures that its report must state before the program was run on it.
"""
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from checks.agency import grid, tsv  # noqa: E402
from program import run  # noqa: E402

FOLDERS = {
    "border service": ({
        "crossings.csv": tsv("""
Пересечение границы иностранцами по гражданству, 2 квартал 2024 года | |
Гражданство | Въезд | Выезд
Узбекистан | 1 200 | 1 100
Россия | 900 | 880
Китай | 300 | 280
Всего | 2 400 | 2 260
"""),
        "Иностранная рабочая сила.xlsx": grid([["Действующие разрешения на иностранную рабочую силу"], ["Категория", "на 01.04.2024", "на 01.07.2024"],
                                              ["1 категория", 100, 110], ["2 категория", 50, 60], ["3 категория", 300, 290]]),
        "~$Иностранная рабочая сила.xlsx": b"\x05user", "письмо.txt": "Уважаемые коллеги!\nНаправляем данные.\n"},
        {"arrivals": "2400", "departures": "2260", "foreign-workers": "460"}),
    "permits": ({
        "ВНЖ выданные.csv": tsv("""
Выдано видов на жительство | |
Страна | 1 квартал 2024 | 2 квартал 2024
Россия | 400 | 420
Узбекистан | 200 | 260
Всего | 600 | 680
"""),
        "РВП выдано.csv": "Страна;Квартал;Выдано\nРоссия;2024-Q1;5\nРоссия;2024-Q2;7\nКитай;2024-Q1;1\nКитай;2024-Q2;2\n"},
        {"permanent-residence-permits": "680", "temporary-residence-permits": "9"}),
    "statistics bureau, wide": ({
        "Миграция населения.xlsx": grid([["Миграция населения, человек"], ["Регион", "1 кв 2024", "", "2 кв 2024", ""], ["", "Прибыло", "Выбыло", "Прибыло", "Выбыло"],
                                        ["Астана", 10, 5, 12, 6], ["Алматы", 20, 15, 22, 16], ["Шымкент", 3, 2, 4, 1]], merges=["B2:C2", "D2:E2"], before=[("Обложка", [["Бюро"], ["2024"]])]),
        "Численность населения.csv": "Регион;на 01.04.2024 г.;на 01.07.2024 г.\nАстана;1000;1010\nАлматы;2000;2020\nШымкент;500;505\n"},
        {"immigration": "38", "emigration": "23", "population": "3535"}),
    "national bank": ({
        "Личные переводы.csv": tsv("""
Личные денежные переводы, млн долл. США | |
Период | Получено | Отправлено
1 квартал 2024 | 55,5 | 143,9
2 квартал 2024 | 62,9 | 157,2
""")}, {"remittances-in": "62.9", "remittances-out": "157.2"}),
    "kandas": ({"Кандасы.csv": tsv("""
Количество кандасов, человек | | |
Страна | апрель 2024 | май 2024 | июнь 2024
Узбекистан | 100 | 110 | 120
Китай | 50 | 40 | 30
Всего | 150 | 150 | 150
""")}, {"kandas": "450"}),
    "english": ({"border_crossings.csv": "Quarter,Citizenship,Direction,Movements\n2024 Q1,Uzbekistan,Entry,10\n2024 Q1,Uzbekistan,Exit,9\n2024 Q2,Uzbekistan,Entry,20\n2024 Q2,Uzbekistan,Exit,19\n"
                                         "2024 Q1,China,Entry,3\n2024 Q1,China,Exit,2\n2024 Q2,China,Entry,5\n2024 Q2,China,Exit,4\n"},
                {"arrivals": "25", "departures": "23"}),
    "kazakh": ({"Шекараны кесіп өту.csv": tsv("""
Шетелдіктердің шекараны кесіп өтуі | | | |
Азаматтығы | 2024 жылғы 1-тоқсан | | 2024 жылғы 2-тоқсан |
 | келу | кету | келу | кету
Өзбекстан | 10 | 9 | 20 | 19
Қытай | 3 | 2 | 5 | 4
""")}, {"arrivals": "25", "departures": "23"}),
    "quarters once": ({"Границы.csv": tsv("""
Квартал | Гражданство | Въезд | Выезд
2024-Q1 | Узбекистан | 10 | 9
 | Китай | 3 | 2
2024-Q2 | Узбекистан | 20 | 19
 | Китай | 5 | 4
""")}, {"arrivals": "25", "departures": "23"}),
    "sections": ({"Пересечение границы.csv": tsv("""
Гражданство | I квартал 2024 | II квартал 2024
Въезд | |
Узбекистан | 10 | 20
Китай | 3 | 5
Выезд | |
Узбекистан | 9 | 19
Китай | 2 | 4
""")}, {"arrivals": "25", "departures": "23"}),
    "a letter of the ministry": ({
        "Граждане за рубежом.csv": tsv("""
Граждане Казахстана за рубежом, человек |
Страна | на 01.07.2024 г.
Россия | 100
Германия | 50
Всего | 150
"""), "Пересечение госграницы.csv": tsv("""
Дата | Въезд | Выезд
2024-04 | 10 | 9
2024-05 | 11 | 8
2024-06 | 12 | 7
"""), "readme.txt": "Свод за квартал.\n"},
        {"citizens-abroad-by-country": "150", "arrivals": "33", "departures": "24"}),
}


class MessyFolders(unittest.TestCase):
    def made(self, files):
        """The package and its report, by two commands."""
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: __import__("shutil").rmtree(folder))
        for name, data in files.items():
            (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        begun = run("init", folder, "--country", "KAZ")
        self.assertEqual(begun.returncode, 0, begun.stderr)
        return folder, run("report", folder, "-f", "json")

    def test_folders(self):
        for name, (files, expected) in FOLDERS.items():
            with self.subTest(name):
                folder, report = self.made(files)
                self.assertEqual(report.returncode, 0, report.stderr)
                values = {one["id"]: one.get("value") for section in json.loads(report.stdout)["sections"] for one in section["indicators"]}
                found = {key: values.get(key) for key in expected}
                self.assertEqual(found, expected, report.stderr + (folder / "datapackage.json").read_text())

    def test_what_is_not_used_comes_first(self):
        folder, _ = self.made({"Границы.csv": "Период;Въезд\n2024-Q1;10\n2024-Q2;20\n", "плохой.csv": "Дата;Число\n01.02.24;5\n02.02.24;6\n",
                               "что-то.csv": "period;country;persons\n2024-Q2;UZB;5\n"})
        text = run("report", folder)
        self.assertEqual(text.returncode, 0, text.stderr)
        first = text.stdout.split("\n\n")[0]
        self.assertTrue(first.startswith("Not used:\n"), first)
        self.assertIn("плохой.csv:2", first)
        self.assertIn("paste under its mtm: \"concept\"", first)

    def test_no_figure_is_no_report(self):
        folder, report = self.made({"что-то.csv": "period;country;persons\n2024-Q2;UZB;5\n"})
        self.assertEqual(report.returncode, 1)
        self.assertIn("no figure could be computed", report.stderr)


if __name__ == "__main__":
    unittest.main()
