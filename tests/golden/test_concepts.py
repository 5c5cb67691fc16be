"""Every concept that the library knows is proposed from English, Russian and Kazakh words, of a file's name and of a title alike."""
import json
import re
import sys
import unittest

from program import SOURCE, ProgramTest

TABLE = "period,citizenship,value\n2024-Q1,UZB,10\n2024-Q2,UZB,20\n"
# What an agency would call the table. Phrases, not the words of the library.
PHRASES = {
    "border-crossings": ["Border crossings by nationality", "Пересечение государственной границы", "Мемлекеттік шекарадан өту"],
    "residence-permits": ["Residence permits issued", "Выданные виды на жительство", "Берілген тұруға ықтиярхат"],
    "foreign-workers": ["Foreign workers by category", "Иностранная рабочая сила по категориям", "Шетелдік жұмыс күші"],
    "quota": ["Quota for the year", "Квота на привлечение", "Квота бойынша"],
    "migration": ["International migration", "Внешняя миграция населения", "Халықтың көші-қоны"],
    "net-migration": ["Net migration", "Сальдо миграции", "Көші-қон айырымы"],
    "internal-migration": ["Internal migration", "Внутренняя миграция", "Ішкі көші-қон"],
    "kandas": ["Kandas arrived", "Численность кандасов", "Қандастар саны"],
    "citizens-abroad": ["Citizens abroad", "Граждане за рубежом", "Шетелдегі азаматтар"],
    "remittances": ["Personal remittances", "Личные переводы", "Жеке ақша аударымдары"],
    "money-transfers": ["Money transfers by systems", "Системы денежных переводов", "Ақша аударымдары"],
    "population": ["Population by region", "Численность населения", "Халық саны"],
    "displacement": ["Internally displaced, IDP stock", "Внутренне перемещенные лица", "Қоныс аударғандар"],
    "displacement-event": ["New displacement by event", "Новые перемещения", "Жаңа қоныс аударулар"],
    "location-needs": ["Location needs", "Потребности населенных пунктов", "Елді мекендердің қажеттіліктері"],
    "flow-monitoring": ["Flow monitoring", "Мониторинг потоков", "Ағындарды бақылау"],
    "arrivals": ["Irregular arrivals", "Учтённые прибытия", "Келгендер саны"],
    "observation": ["Hours of observation", "Часы наблюдения", "Бақылау сағаттары"],
}


class Concepts(ProgramTest):
    def proposed(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        own = json.loads(self.fine("describe", path))["resources"][0]["mtm"]
        likely = re.search(r'"concept": "([a-z-]+)"', " ".join(own["unsure"]))  # where a person must say flow or stock
        return own.get("concept") or (likely and likely.group(1))

    def test_every_concept_is_here(self):
        source = (SOURCE / "lib/read/descriptor/resource.c").read_text(encoding="utf-8")
        known = set(re.findall(r'\{"([a-z-]+)", (?:MTM_KIND_\w+|0), ', source)) - {"survey"}  # surveys are known by their forms
        self.assertEqual(known, set(PHRASES))

    def test_by_the_name_of_the_file(self):
        wrong = [(concept, phrase, found) for concept, phrases in PHRASES.items() for phrase in phrases
                 if (found := self.proposed(phrase + ".csv", TABLE)) != concept]
        self.assertEqual(wrong, [])

    def test_by_the_title(self):
        wrong = [(concept, phrase, found) for concept, phrases in PHRASES.items() for phrase in phrases
                 if (found := self.proposed("data.csv", f'"{phrase}"\n' + TABLE)) != concept]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
