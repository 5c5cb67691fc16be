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
    # Ten more, of another month.
    "border service, months with a total row": ({
        "Пересечение границы.csv": tsv("""
Пересечение государственной границы иностранцами, 2024 год | |
Месяц | Въезд | Выезд
январь | 10 | 9
февраль | 11 | 8
март | 12 | 7
апрель | 20 | 18
май | 21 | 19
июнь | 22 | 20
Итого | 96 | 81
"""), "Пояснительная записка.txt": "Данные предварительные.\nИсп. Иванова А., тел. 12-34-56\n"},
        {"arrivals": "63", "departures": "57"}),
    "permits, countries with their sexes": ({
        "Разрешения на постоянное проживание.csv": tsv("""
Выдано видов на жительство за 2 квартал 2024 года, человек | | |
Гражданство | Всего | мужчины | женщины
Россия | 30 | 20 | 10
Узбекистан | 20 | 15 | 5
Итого | 50 | 35 | 15
"""), "~$Разрешения.xlsx": b"\x05user"}, {"permanent-residence-permits": "50"}),
    "bureau, two workbooks": ({
        "Внешняя миграция.xlsx": grid([["Внешняя миграция населения, человек"], ["", "1 квартал 2024", "2 квартал 2024"], ["Прибыло", 40, 60], ["Выбыло", 30, 20]], before=[("Обложка", [["Бюро национальной статистики"]])]),
        "Численность.xlsx": grid([["Численность населения на начало периода, человек"], ["Регион", "на 1 апреля 2024 года", "на 1 июля 2024 года"], ["Абай", 600, 610], ["Астана", 1400, 1420]])},
        {"immigration": "60", "emigration": "20", "population": "2030"}),
    "national bank, a quarter a row": ({
        "remittances.csv": "Quarter,\"Received, USD million\",\"Sent, USD million\"\n2024 Q1,55.5,143.9\n2024 Q2,62.9,157.2\n",
        "README.txt": "Source: National Bank.\n"}, {"remittances-in": "62.9", "remittances-out": "157.2"}),
    "kandas, years above months": ({
        "Кандастар.csv": tsv("""
Қандас мәртебесін алғандар, адам | | | | | |
Ел | 2024 жылғы қаңтар | 2024 жылғы ақпан | 2024 жылғы наурыз | 2024 жылғы сәуір | 2024 жылғы мамыр | 2024 жылғы маусым
Өзбекстан | 1 | 2 | 3 | 4 | 5 | 6
Қытай | 1 | 1 | 1 | 2 | 2 | 2
Барлығы | 2 | 3 | 4 | 6 | 7 | 8
""")}, {"kandas": "21"}),
    "workers, categories and a footnote": ({
        "Иностранная рабочая сила.csv": tsv("""
Численность привлеченной иностранной рабочей силы, человек | |
Категория | на 1 апреля 2024 г. | на 1 июля 2024 г.*
1 категория | 100 | 110
2 категория | 50 | 60
3 категория | 300 | 290
Всего | 450 | 460
* предварительные данные | |
""")}, {"foreign-workers": "460"}),
    "mixed languages": ({
        "border crossings.csv": "\"Border crossings of foreigners, Q2 2024\",,\nCitizenship,Entry,Exit\nUzbekistan,20,19\nChina,5,4\nTotal,25,23\n",
        "ВНЖ выданные.csv": "Страна;2024-Q2\nРоссия;7\nКитай;3\n",
        "Қазақстан азаматтары шетелде.csv": tsv("""
Шетелдегі Қазақстан азаматтары, адам |
Ел | 2024 жылғы 1 шілдеге
Ресей | 100
Германия | 50
""")}, {"arrivals": "25", "departures": "23", "permanent-residence-permits": "10", "citizens-abroad-by-country": "150"}),
    "subtotals by hand": ({
        "Пересечение границы.csv": tsv("""
Пересечение границы, 2 квартал 2024 года | | |
Гражданство | Пол | Въезд | Выезд
Узбекистан | муж | 10 | 9
Узбекистан | жен | 5 | 4
Узбекистан всего | | 15 | 13
Россия | муж | 3 | 2
Россия | жен | 2 | 1
Россия всего | | 5 | 3
Итого | | 20 | 16
""")}, {"arrivals": "20", "departures": "16"}),
    "sections of directions, one cell a row": ({
        "Граница.csv": "Гражданство;I квартал 2024;II квартал 2024\nПрибыло\nУзбекистан;10;20\nКитай;3;5\nВыбыло\nУзбекистан;9;19\nКитай;2;4\n",
        "~$Граница.csv": b"\x05user", "служебная записка.txt": "Направляем.\n"}, {"arrivals": "25", "departures": "23"}),
    "a pivot of the border service": ({
        "Пересечение границы.xlsx": grid([["Сумма по полю Число", "Названия столбцов"], ["Названия строк", "Въезд", "Выезд", "Общий итог"], ["2024-04", 5, 6, 11], ["2024-05", 7, 8, 15], ["2024-06", 1, 2, 3], ["Общий итог", 13, 16, 29]])},
        {"arrivals": "13", "departures": "16"}),
}


FOLDERS.update({
    "the direction in titles and names": ({
        "Въезд 2023.csv": "Въезд иностранных граждан в Республику Казахстан, 2023 год\nГражданство;1 кв.;2 кв.\nКитай;10;11\nРоссия;20;22\n",
        "Въезд 2024.csv": "Въезд иностранных граждан в Республику Казахстан, 2024 год\nГражданство;1 кв.;2 кв.\nКитай;12;13\nРоссия;24;26\n"},
        {"arrivals": "39"}),
    "a balance beside arrivals and departures": ({"Көші-қон.csv": "2024 жылғы қаңтар-наурыз,,,\n,Келгендер,Кеткендер,Көші-қон айырымы\nАбай,20,5,15\nАқмола,30,10,20\n"},
                                                 {"immigration": "50", "emigration": "15"}),
    "years for the first of January": ({"Численность населения.csv": "Численность населения на 1 января, человек\nРегион;2023;2024\nАбай;600;610\nАстана;1400;1420\n"},
                                       {"population": "2030"}),
})


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

    def test_indicators_of_their_own_are_never_added(self):
        folder, report = self.made({"displacement.csv": "ISO3,Year,Conflict Stock Displacement,Disaster Stock Displacement,Conflict Internal Displacements,Disaster Internal Displacements\n"
                                                        "AFG,2022,100,10,5,6\nAFG,2023,200,20,7,8\n"})
        self.assertNotIn("235", report.stdout)
        self.assertNotIn("121", report.stdout)

    def test_internal_and_external_migration_are_for_a_person_to_tell_apart(self):
        folder, report = self.made({"Миграция.csv": "Внутренняя и внешняя миграция, 2023 год\nВид миграции;Прибыло;Выбыло\nВнешняя миграция;29;16\n  страны СНГ;25;13\n  другие страны;4;3\n"
                                                    "Внутренняя миграция;542;542\n  межрегиональная;255;255\n  региональная;287;287\n"})
        self.assertEqual(report.returncode, 1, report.stdout)
        self.assertIn("nothing says what is counted", report.stdout + report.stderr)

    def test_no_figure_is_no_report(self):
        folder, report = self.made({"что-то.csv": "period;country;persons\n2024-Q2;UZB;5\n"})
        self.assertEqual(report.returncode, 1)
        self.assertIn("no figure could be computed", report.stderr)


if __name__ == "__main__":
    unittest.main()
