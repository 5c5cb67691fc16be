"""Sentences that were false or misleading on packages as agencies send them: each case says what must and must not be read."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"

CROSSINGS = "period,citizenship,arrivals,departures\n2023-Q2,UZB,900,1000\n2023-Q2,RUS,500,500\n2024-Q1,UZB,0,5\n2024-Q1,RUS,0,0\n" \
            "2024-Q2,UZB,1,3\n2024-Q2,RUS,1,0\n"


@unittest.skipUnless(PROGRAM.exists(), "the program is not built")
class Sentences(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def report(self, table, concept, period, *more, language="en", country="KAZ"):
        source = self.folder / "table.csv"
        source.write_text(table, encoding="utf-8")
        package = self.folder / "package"
        shutil.rmtree(package, ignore_errors=True)
        subprocess.run([PROGRAM, "init", package, source, "--country", country, "--concept", concept, *more],
                       check=True, capture_output=True)
        out = subprocess.run([PROGRAM, "report", package, "--period", period, "-l", language], check=True,
                             capture_output=True, text=True).stdout
        return re.sub(r"\s+", " ", out)

    def test_of_those_outside_a_group_nothing_is_known(self):
        text = self.report(CROSSINGS, "border-crossings", "2024-Q2")
        self.assertNotIn("Arrivals from countries outside the CIS in Q2 2024 amounted", text)
        self.assertIn("sum of the 2 countries that the source lists", text)

    def test_all_is_not_most(self):
        text = self.report(CROSSINGS, "border-crossings", "2024-Q2")
        self.assertNotIn("Most arrivals", text)
        self.assertIn("Among the countries given, the largest numbers of arrivals were of citizens of Russia and Uzbekistan (50.0 % each)",
                      text.replace("\u00a0", " "))

    def test_nobody_else_obtained_less(self):
        table = "Period,Citizenship,Type,Permits issued\n2024-Q1,RUS,PRP,90\n2024-Q1,UZB,PRP,10\n2024-Q2,RUS,PRP,80\n2024-Q2,UZB,PRP,40\n"
        text = self.report(table, "residence-permits", "2024-Q2", "--kind", "flow", "--unit", "permits")
        self.assertNotIn("than all others", text)

    def test_one_country_is_named_as_one(self):
        table = "Period,Citizenship,Type,Permits issued\n2024-Q1,RUS,PRP,9\n2024-Q2,RUS,PRP,8\n2024-Q1,UZB,PRP,9\n2024-Q2,UZB,PRP,8\n" \
                "2024-Q1,UZB,TRP,5\n2024-Q2,UZB,TRP,7\n"
        text = self.report(table, "residence-permits", "2024-Q2", "--kind", "flow", "--unit", "permits")
        self.assertIn("of the only country that the source lists", text)
        self.assertNotIn("leading country is", text)

    def test_mainly_is_said_of_all_countries(self):
        table = "Country,Date,Citizens residing abroad\nRUS,2024-06-30,900000\nKAZ,2024-06-30,18000\n"
        text = self.report(table, "citizens-abroad", "2024-Q2", country="TJK")
        self.assertIn("Among the countries given, most citizens abroad", text)

    def test_a_balance_has_no_index_and_no_per_cent_through_zero(self):
        table = "Period,Arrivals,Departures\n2023-Q3,200,100\n2023-Q4,180,100\n2024-Q1,210,70\n2024-Q2,111,169\n"
        text = self.report(table, "migration", "2024-Q2")
        balance = text[text.index("Net migration ---"):]
        balance = balance[:balance.index("Sources:")]
        self.assertIn("the figure was 140 in the previous quarter", balance)
        self.assertNotIn("= 100", balance)
        self.assertNotIn("141.4", balance)

    def test_a_balance_above_zero_has_differences_alone(self):
        table = "Period,Arrivals,Departures\n2023-Q2,2400,2305\n2024-Q1,3000,1601\n2024-Q2,3000,1601\n"
        words = {"en": ("the figure was 1,399 in the previous quarter and 95 in the same quarter of the previous year", "Net migration"),
                 "ru": ("в предыдущем квартале значение было 1 399, в том же квартале предыдущего года – 95", "Сальдо внешней миграции"),
                 "kk": ("алдыңғы тоқсанда мән 1 399, алдыңғы жылдың тиісті тоқсанында 95 болған", "Сыртқы көші-қон айырымы")}
        for language, (sentence, title) in words.items():
            text = self.report(table, "migration", "2024-Q2", language=language)
            balance = text[text.index(title + " ---"):]
            balance = balance[:balance.index("[1]")]
            self.assertIn(sentence, balance.replace("\u00a0", " "))
            self.assertIn("+1304", balance.replace(",", "").replace("\u00a0", "").replace("1 304", "1304"))
            self.assertNotIn("= 100", balance)
            self.assertNotRegex(balance, r"1.?372|1.?472")

    def test_a_rise_beyond_a_thousand_per_cent_is_two_figures(self):
        table = "Personal remittances, USD million,,\nQuarter,Inflow,Outflow\nQ2 2023,50.5,1000.0\nQ1 2024,0.4,700.1\nQ2 2024,51.0,10.2\n"
        words = {"en": ("up from 400,000 in Q1 2024 and up 1.0 %", "the figure was 0.4 in the previous quarter"),
                 "ru": ("в I квартале 2024 года было 400 000, и на 1,0 % больше", "в предыдущем квартале значение было 0,4"),
                 "kk": ("2024 жылғы І тоқсанда 400 000 болған", "алдыңғы тоқсанда мән 0,4 болған")}
        for language, sentences in words.items():
            text = self.report(table, "remittances", "2024-Q2", language=language)
            text = text.replace("\u00a0", " ")
            for sentence in sentences:
                self.assertIn(sentence, text)

    def test_a_verb_stands_once_before_two_changes(self):
        table = "Period,Arrivals,Departures\n2023-Q2,100,50\n2024-Q1,100,50\n2024-Q2,120,40\n"
        words = {"en": "increased by 20.0 % compared with the previous quarter (100) and by 20.0 % compared with the same quarter",
                 "ru": "вырос на 20,0 % по сравнению с предыдущим кварталом (100) и на 20,0 % по сравнению с тем же кварталом",
                 "kk": "алдыңғы тоқсанмен (100) салыстырғанда 20,0%-ға және алдыңғы жылдың тиісті тоқсанымен (100) салыстырғанда "
                       "20,0%-ға өсті"}
        for language, sentence in words.items():
            self.assertIn(sentence, self.report(table, "migration", "2024-Q2", language=language).replace("\u00a0", " "))

    def test_parts_without_a_known_name_are_no_table(self):
        table = "Область;на 1 июля 2023;на 1 июля 2024\nЧуйская область;970,1;980,5\nг. Неведомый;1100,2;1140,9\nВсего;2070,3;2121,4\n"
        text = self.report(table, "population", "2024-Q2", country="KGZ")
        self.assertNotIn("Other", text)
        self.assertNotIn("Contributions", text)
        self.assertIn("г. Неведомый", text)

    def test_a_source_without_name_is_its_file(self):
        text = self.report(CROSSINGS, "border-crossings", "2024-Q2")
        self.assertIn("[1] File table.csv; the package does not name its source", text)

    def test_how_a_figure_was_computed_is_said_of_it(self):
        table = "Период,Прибыло,Выбыло\nянварь-март 2024,6900,2900\nянварь-июнь 2024,14256,6015\n"
        text = self.report(table, "migration", "2024-Q2")
        self.assertIn("The figure is that of January–June 2024 (14,256) less that of January–March 2024 (6,900)", text)
        self.assertNotIn("or from parts", text)

    def test_a_stock_of_another_date_says_which(self):
        table = "Country,Date,Citizens residing abroad\nRUS,2023-12-31,1200000\nKAZ,2023-12-31,15000\n" \
                "RUS,2024-06-30,900000\nKAZ,2024-06-30,18000\n"
        text = self.report(table, "citizens-abroad", "2024-Q2", country="TJK")
        self.assertIn("the figure before is of another date, 31 December 2023", text)

    def test_what_the_title_counts_is_not_said_again(self):
        table = "Страна,I кв. 2024,II кв. 2024\nУзбекистан,100,200\nКитай,100,200\nВсего,200,400\n"
        text = self.report(table, "kandas", "2024-Q2")
        self.assertIn("Persons granted kandas status in Q2 2024 amounted to 400; the figure", text)

    def test_the_rest_is_part_of_a_sum(self):
        table = "Вид экономической деятельности,Дата,Действующие разрешения на иностранных работников\n" \
                "Строительство,2024-04-01,300\nОбразование,2024-04-01,200\nНе указано,2024-04-01,500\n" \
                "Строительство,2024-07-01,250\nОбразование,2024-07-01,150\nНе указано,2024-07-01,600\n"
        words = {"en": "amounted to 1,000 (sum of the 2 entries that the source lists under “Economic activity” and of the rest that it "
                       "gives)", "ru": "разреза «Вид экономической деятельности», вместе с остатком)", "kk": ", қалғанымен бірге)"}
        for language, sentence in words.items():
            self.assertIn(sentence, self.report(table, "foreign-workers", "2024-Q2", language=language).replace("\u00a0", " "))

    def example(self, name, language):
        out = subprocess.run([PROGRAM, "report", SOURCE / "examples" / name, "-l", language, "-f", "text"], check=True,
                             capture_output=True, text=True).stdout
        return re.sub(r"\s+", " ", out)

    def test_rounds_of_other_areas_are_compared_like_for_like_at_the_head(self):
        words = {"en": "(like for like up 1.5 % on 30 September 2024)",
                 "ru": "(на сопоставимой основе на 1,5 % больше, чем на 30 сентября 2024 года)",
                 "kk": "(салыстырмалы негізде 2024 жылғы 30 қыркүйек күнімен салыстырғанда 1,5%-ға көп)"}
        for language, sentence in words.items():
            self.assertIn(sentence, self.example("examplia-round-7", language).replace("\u00a0", " "))

    def test_what_is_not_there_is_compared_with_nothing_for_that_reason(self):
        made = subprocess.run([PROGRAM, "report", SOURCE / "examples/kazakhstan-2024-q2", "-f", "json"], check=True, capture_output=True)
        for section in json.loads(made.stdout)["sections"]:
            for indicator in section["indicators"]:
                if indicator["reason"] == "no-data":
                    self.assertLessEqual({c["reason"] for c in indicator["comparisons"]}, {"no-data"}, indicator["id"])

    def test_parts_that_stand_above_have_no_section_of_their_own(self):
        text = self.example("examplia-round-7", "en")
        self.assertNotIn("Internally displaced persons by administrative level 1 -", text)
        self.assertIn("Internally displaced persons by administrative level 2 -", text)

    def test_flow_monitoring_speaks_the_language_of_the_report(self):
        words = {"ru": ("замечено 2292 перемещения", "Въезжающие", "Мужчины (взрослые)", "Девочки", "Причина"),
                 "kk": ("2292 жүріп-тұру байқалды", "Келетіндер", "Ер адамдар (ересектер)", "Қыздар", "Себебі")}
        for language, expected in words.items():
            text = self.example("flow-monitoring", language).replace("\u00a0", "").replace("2 292", "2292")
            for word in expected:
                self.assertIn(word, text)
            for word in ("incoming", "outgoing", "boys", "nationality", "пересечени"):
                self.assertNotIn(word, text)

    def test_figures_of_rounds_are_no_sums_of_entries(self):
        """Days, areas and changes were said to be sums of the areas that the source lists, and explained as sums of persons."""
        for language, word in (("en", "sum of the"), ("ru", "сумма по"), ("kk", "қосындысы)")):
            self.assertNotIn(word, self.example("examplia-round-7", language))
        package = SOURCE / "examples/examplia-round-7"
        for indicator in ("days-between-rounds", "areas-assessed", "idps-household-size", "idps-change"):
            done = subprocess.run([PROGRAM, "explain", package, indicator], check=True, capture_output=True, text=True)
            self.assertEqual([line for line in done.stdout.splitlines() if re.match(r" +[=+] ", line)], [], indicator)
        done = subprocess.run([PROGRAM, "explain", package, "idps"], check=True, capture_output=True, text=True)
        self.assertIn("  = ", done.stdout)
        done = subprocess.run([PROGRAM, "explain", SOURCE / "examples/kazakhstan-2024-q2", "net-crossings"], check=True,
                              capture_output=True, text=True)
        self.assertRegex(done.stdout, r"  = 4,001,714, .*\n.*\n  \u2212 3,832,829, ")

    def test_a_missing_total_is_no_missing_month(self):
        table = "Месяц,Гражданство,Въехало\n2024-04,RUS,5\n2024-05,RUS,6\n2024-06,RUS,7\n"
        for language, word in (("en", "Missing:"), ("ru", "Отсутствует:"), ("kk", "Жетіспейтіні:")):
            self.assertNotIn(word + " April 2024", self.report(table, "border-crossings", "2024-Q2", language=language))

    def test_a_table_by_another_dimension_is_not_said_to_have_only_a_total(self):
        table = "Период,Область,Прибыло,Выбыло\n2024-Q2,Алматинская,100,50\n2024-Q2,Акмолинская,50,60\n2024-Q2,Всего,150,110\n"
        for language, word in (("en", "only the total"), ("ru", "только итог"), ("kk", "тек жалпы")):
            self.assertNotIn(word, self.report(table, "migration", "2024-Q2", language=language))

    def test_immigration_is_not_said_to_be_for_good(self):
        table = "Период,Прибыло,Выбыло\n2024-Q2,21,11\n"
        text = self.report(table, "migration", "2024-Q2", language="ru").replace("\u00a0", " ")
        self.assertIn("Во II квартале 2024 года в страну прибыл 21 человек и из страны выбыло 11 человек.", text)

    def test_a_quota_alone_is_a_main_point(self):
        table = "Категория,2024\n1 категория,10\n2 категория,20\nВсего,30\n"
        for language, point in (("en", "* The quota for foreign workers in 2024 was 30 permits."),
                                ("ru", "* Квота на привлечение иностранных работников в 2024 году – 30 разрешений."),
                                ("kk", "* 2024 жылы шетелдік жұмыскерлерді тартуға берілген квота – 30 рұқсат.")):
            self.assertIn(point, self.report(table, "quota", "2024-Q2", language=language))

    def test_a_stock_is_compared_with_its_day(self):
        table = "Date,Population\n2024-07-01,20100000\n2023-07-01,19800000\n"
        text = self.report(table, "population", "2024-Q2").replace("\u00a0", " ")
        self.assertIn("up 1.5 % on 1 July 2023", text)
        self.assertIn("increased by 1.5 % compared with 1 July 2023 (19,800,000)", text)
        self.assertNotIn("same quarter", text)
        self.assertIn("1 July 2023 19,800,000", text)

    def test_a_breakdown_that_is_not_there_has_no_section(self):
        table = "Year,Arrivals,Departures\n2022,17425,24000\n2023,25387,16000\n"
        text = self.report(table, "migration", "2023")
        self.assertNotIn("Immigration by country of origin in 2023 amounted", text)
        self.assertIn("Immigration by country of origin. The breakdown", text)
        self.assertIn("Breakdown missing or incomplete", text)


if __name__ == "__main__":
    unittest.main()
