"""A title that says that less is counted, or something else, never gives the national figure by itself: init leaves the concept open
and names the word. Beside them stand titles of which every word is accounted for, and whose figure is given.
"""
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import run  # noqa: E402

MIGRATION = "{};;\nСтрана;Прибыло;Выбыло\nРоссия;1000;700\nКитай;500;400\n"
CROSSINGS = "{};\nГражданство;Въезд\nУзбекистан;200\nКитай;100\n"
COUNT = "{},\nCountry,Number\nUzbekistan,10\nChina,5\n"
LIMITED = (
    (MIGRATION, "Внешняя миграция женщин, 2023 год", "женщин"), (MIGRATION, "Внешняя миграция сельского населения в 2023 году", "сельск"),
    (MIGRATION, "Миграция населения Павлодарской области, 2023 год", None), (MIGRATION, "Миграция населения в Шымкенте за 2023 год", None),
    (MIGRATION, "Внешняя миграция детей и молодежи, 2023 год", None), (MIGRATION, "Миграция по всем потокам, 2023 год", None),
    (MIGRATION, "Миграция со странами СНГ, 2023 год", "снг"), (MIGRATION, "Трудовая миграция, 2023 год", None),
    (MIGRATION, "Миграция врачей, 2023 год", "врачей"), (MIGRATION, "Миграция населения в рамках программы переселения, 2023 год", "рамках"),
    (CROSSINGS, "Отказано во въезде иностранцам, I квартал 2024 года", "отказ"), (CROSSINGS, "Въезд граждан Казахстана, I квартал 2024 года", None),
    (CROSSINGS, "Въезд с целью лечения, I квартал 2024 года", None), (CROSSINGS, "Въезд на автомобилях, I квартал 2024 года", None),
    (COUNT, "Immigration from Uzbekistan; first quarter of 2024", None), (COUNT, "Population of foreign citizens on 1 January 2024", None),
    (COUNT, "Kandas settled in Karaganda; June 2024", None), (COUNT, "Planned immigration in 2024", "planned"),
    (MIGRATION, "Внешняя миграция: беженцы, 2023 год", None), (COUNT, "Kandas who received citizenship; June 2024", None),
    (MIGRATION, "Численность незарегистрированных мигрантов (оценка), 2023 год, человек", "незарегистрир"),
    (MIGRATION, "Мигранты с временной регистрацией, 2023 год", None), (COUNT, "Work permits issued to foreign workers; second quarter of 2024", ""),
    (COUNT, "Number of sites hosting IDPs on 30 June 2024", None), (COUNT, "IDPs in camps only on 30 June 2024", None),
)
WHOLE = (
    (MIGRATION, "Внешняя миграция населения Республики Казахстан по странам, 2023 год, человек", {"immigration": "1500", "emigration": "1100"}),
    (MIGRATION, "Международная миграция мужчин и женщин в 2023 году", {"immigration": "1500"}),
    (MIGRATION, "Халықтың сыртқы миграциясы, 2023 жыл, адам", {"immigration": "1500"}),
    (CROSSINGS, "Въезд иностранных граждан по странам гражданства за I квартал 2024 года", {"arrivals": "300"}),
    (COUNT, "Immigration by country of origin; first quarter of 2024", {"immigration": "15"}),
    (COUNT, "Number of kandas by country of origin; second quarter of 2024", {"kandas": "15"}),
)


class TitlesThatLimit(unittest.TestCase):
    def made(self, text, *options):
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(folder))
        (folder / "t.csv").write_text(text)
        self.assertEqual(0, run("init", folder, "--country", "KAZ", *options).returncode)
        proposed = json.loads((folder / "datapackage.json").read_text())["resources"][0]["mtm"]
        report = run("report", folder, "-f", "json")
        values = {}
        for section in json.loads(report.stdout or '{"sections": []}')["sections"]:
            values.update({one["id"]: one["value"] for one in section["indicators"] if one.get("value") is not None})
        return proposed, values

    def test_the_name_of_the_only_column_of_figures(self):
        """Its words must be accounted for as those of the title are."""
        for title, limited, whole in (
                ("Численность населения на 1 января 2024 года, человек", ("Дети до 16 лет", "Избиратели", "Домохозяйств", "На 1 кв. км", "Прирост"), ("Всего", "Количество, человек", "Население", "n")),
                ("Присвоен статус кандаса, 2 квартал 2024 года", ("Семей", "Переселенцы"), ("Человек", "Число кандасов", "Всего")),
                ("Действующие разрешения на привлечение ИРС на 1 июля 2024 года", ("Выдано", "Отозвано"), ("Количество", "Число разрешений"))):
            for names, is_limited in ((limited, True), (whole, False)):
                for name in names:
                    proposed, values = self.made(f"{title}\nСтрана;{name}\nРоссия;4100\nТурция;300\n")
                    self.assertEqual(is_limited, values == {}, (title, name, values, proposed["unsure"]))

    def test_a_second_line_of_the_title(self):
        for line, is_limited in (("(женщины)", True), ("без учета беженцев", True), ("Бюро национальной статистики", False)):
            text = f"Внешняя миграция населения, 2023 год, человек\n{line}\nСтрана;Прибыло;Выбыло\nРоссия;4100;900\nТурция;300;100\n"
            _, values = self.made(text)
            self.assertEqual(is_limited, values == {}, line)

    def test_a_concept_that_the_person_says(self):
        """Titles that deny it leave it out, those that say a part are named."""
        for title, word, stands in (("Отказано во въезде иностранцам, I квартал 2024 года", "отказ", False),
                                    ("Планируемый въезд, I квартал 2024 года", "планируе", False),
                                    ("Въезд женщин, I квартал 2024 года", "женщин", True),
                                    ("Въезд на автомобилях, I квартал 2024 года", "автомобилях", True)):
            proposed, values = self.made(CROSSINGS.format(title), "--concept", "border-crossings", "--unit", "movements")
            self.assertEqual(stands, "concept" in proposed, title)
            self.assertTrue(any("the titles" in one and word in one for one in proposed["unsure"]), (title, proposed["unsure"]))
            self.assertTrue(stands or values == {}, title)
        proposed, _ = self.made(CROSSINGS.format("Въезд иностранных граждан, I квартал 2024 года"), "--concept", "border-crossings")
        self.assertFalse(any("the titles" in one for one in proposed["unsure"]), proposed["unsure"])

    def test_less_than_all_or_something_else(self):
        for text, title, word in LIMITED:
            proposed, values = self.made(text.format(title))
            self.assertEqual({}, values, title)
            if word == "":
                self.assertEqual("flow", proposed["kind"], title)  # permits issued are no permits in force
                continue
            self.assertNotIn("concept", proposed, title)
            if word is not None:
                self.assertTrue(any("titles also say" in one and word in one for one in proposed["unsure"]), (title, proposed["unsure"]))

    def test_all_of_it(self):
        for text, title, wanted in WHOLE:
            proposed, values = self.made(text.format(title))
            self.assertEqual(wanted, {key: values.get(key) for key in wanted}, (title, proposed["unsure"]))


if __name__ == "__main__":
    unittest.main()
