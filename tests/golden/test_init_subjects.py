"""What a file counts, as init takes it from words and units; things that are counted apart are never added up."""
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from checks.agency import grid, tsv  # noqa: E402
from program import run  # noqa: E402

ROWS_OF_DIRECTIONS = """
Показатель | Ед. изм. | 2024-01 | 2024-02 | 2024-03
Въезд иностранцев | пересечений | 9664 | 49950 | 17226
Выезд иностранцев | пересечений | 42660 | 36468 | 61103
"""
TRANSFERS = grid([["Личные переводы (платежный баланс)"], ["млн долларов США"], ["", "1 кв. 2024", "2 кв. 2024"],
                  ["Полученные", "41.2", "51.0"], ["Выплаченные", "8.1", "10.2"]])
STOCKS_AND_FLOWS = """
Name | ISO3 | Year | Conflict Stock Displacement | Disaster Stock Displacement | Conflict Internal Displacements
Afghanistan | AFG | 2022 | 2664373 | 217382 | 4772
Afghanistan | AFG | 2023 | 2602136 | 812256 | 23308
"""
BALANCE = """
International migration by country, 2023 (persons) | | |
Country | Arrivals | Departures | Net migration
Russian Federation | 3946 | 3784 | 162
Ukraine | 8692 | 892 | 7800
Kazakhstan | 6404 | 2683 | 3721
"""


EUROSTAT = """unit,citizen,sex,TIME_PERIOD,OBS_VALUE
NR,TR,T,2021,60
NR,CN,T,2021,40
NR,TOTAL,T,2021,100
"""


class Subjects(unittest.TestCase):
    def made(self, name, data, *options):
        """The figures of the report that init and report make of a file, as {indicator: value}, and the whole run of report."""
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(folder))
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        begun = run("init", folder, *options)
        self.assertEqual(0, begun.returncode, begun.stderr)
        done = run("report", folder, "-f", "json")
        values = {}
        for section in json.loads(done.stdout)["sections"]:
            values.update({one["id"]: one["value"] for one in section["indicators"] if one.get("value") is not None})
        return values, done

    def test_a_period_in_the_name_of_the_file_alone(self):
        rows = "Регион;Прибыло;Выбыло\nАбай;100;20\nАкмола;300;40\n"
        options = ("--country", "KAZ", "--concept", "migration")
        _, done = self.made("Внешняя миграция, 1 полугодие 2024.csv", rows, *options)
        self.assertIn("2024-S1", done.stdout.replace("2024-01-01/P6M", "2024-S1"))
        for name in ("миграция 2023 и 2024.csv", "export 2024-06-30.csv", "миграция.csv"):
            folder = pathlib.Path(tempfile.mkdtemp())
            self.addCleanup(shutil.rmtree, folder)
            (folder / name).write_text(rows)
            self.assertIn("E050", run("check", folder / name).stdout, name)

    def test_a_place_whose_name_is_a_power_of_ten(self):
        """Lac is a province of Chad, and a lakh in India."""
        text = "Date,Province,PDI (individus)\n2024-06-30,Lac,1200\n2024-06-30,Kanem,3400\n"
        for rows in (text, text.replace("Kanem", "Lac2"), text.replace("2024-06-30,Kanem,3400\n", "")):
            values, _ = self.made("a.csv", rows, "--country", "TCD", "--concept", "displacement")
            self.assertIn(values["idps"], ("4600", "1200"), rows)

    def test_a_unit_in_the_corner_or_in_figures(self):
        """What the first name of a header says of all figures; a thousand that the unit says in figures."""
        text = "Migrant remittance inflows (US$ million),2022,2023\nKazakhstan,41.2,51.0\n"
        _, done = self.made("a.csv", text, "--country", "KAZ", "--concept", "remittances", "--direction", "IN", "--unit", "USD")
        self.assertIn('"multiplier": 6', done.stdout)
        values, done = self.made("b.csv", "Immigration by country in 2023, 1000 persons\nCountry;Arrivals\nRussia;13.4\nChina;15.1\n",
                                 "--country", "KAZ", "--concept", "migration")
        self.assertEqual("28.5", values["immigration"])
        self.assertIn('"multiplier": 3', done.stdout)

    def test_rows_of_directions(self):
        values, done = self.made("a.csv", tsv(ROWS_OF_DIRECTIONS), "--country", "KAZ")
        self.assertEqual({"arrivals": "76840", "departures": "140231"}, {key: values.get(key) for key in ("arrivals", "departures")})
        self.assertNotIn("Not used", done.stderr)

    def test_permits_of_two_kinds_in_the_name_and_one_in_the_title(self):
        text = "Выдано разрешений на постоянное проживание во II квартале 2024 года;\nСтрана;Количество\nРоссия;110\nКитай;560\nВсего;670\n"
        values, done = self.made("РВП и РПП.csv", text, "--country", "KAZ")
        self.assertEqual("670", values.get("permanent-residence-permits"))
        values, done = self.made("РВП.csv", text, "--country", "KAZ")  # the name and the title contradict each other
        self.assertEqual({}, values)

    def test_words_of_neighbours(self):
        for text, country, wanted in (
                ("Ýyl;Gelenler;Gidenler\n2022 ýyl;438;339\n2023 ýyl;1830;7016\n", "TKM", {"immigration": "1830", "emigration": "7016"}),
                ("Checkpoint,Month,Entries,Exits\nKorday,May 2024,93180,80499\nKhorgos,May 2024,79975,68391\n", "KAZ",
                 {"arrivals": "173155", "departures": "148890"}),
                ("Интиқоли маблағҳои пулӣ ба Ҷумҳурии Тоҷикистон (воридшуда), млн. доллари ИМА;;\nКишвар;Семоҳаи I 2024;Семоҳаи II 2024\n"
                 "Русия;459,2;419,7\nТуркия;198,8;134,1\nҲамагӣ;658,0;553,8\n", "TJK", {"remittances-in": "553.8"})):
            values, done = self.made("a.csv", text, "--country", country)
            self.assertEqual(wanted, {key: values.get(key) for key in wanted}, done.stderr)

    def test_the_unit_of_money_in_a_workbook(self):
        book = grid([["Xorijdan kelib tushgan pul o‘tkazmalari, mln. AQSH doll."], ["Davlat", "2024-yil I chorak", "2024-yil II chorak"],
                     ["Rossiya", 850, 868.4], ["Turkiya", 757.4, 849.6], ["Jami", 1607.4, 1718]], before=[("a", [["b"]])])
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(folder))
        (folder / "a.xlsx").write_bytes(book)
        self.assertEqual(0, run("init", folder, "--country", "UZB", "--concept", "remittances", "--direction", "IN").returncode)
        self.assertEqual("USD", json.loads((folder / "datapackage.json").read_text())["resources"][0]["mtm"].get("unit"))

    def test_transfers_in_rows(self):
        values, _ = self.made("a.xlsx", TRANSFERS, "--country", "KAZ")
        self.assertEqual(("51.0", "10.2"), (values.get("remittances-in"), values.get("remittances-out")))

    def test_a_number_of_eurostat_is_one_of_persons(self):
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(folder))
        (folder / "a.csv").write_text(EUROSTAT)
        run("init", folder, "--country", "DEU", "--concept", "migration", "--direction", "IN")
        done = run("compute", folder, "immigration", "--period", "2021", "-f", "json")
        self.assertEqual("100", json.loads(done.stdout)["value"], done.stderr)

    def test_stocks_and_flows_are_not_added(self):
        values, done = self.made("a.csv", tsv(STOCKS_AND_FLOWS), "--country", "AFG")
        self.assertNotIn("idps", values, done.stderr)
        self.assertNotIn("3437800", done.stdout)

    def test_a_balance_is_not_added_to_what_it_is_of(self):
        values, done = self.made("a.csv", tsv(BALANCE), "--country", "BLR", "--concept", "net-migration")
        self.assertEqual({}, {key: value for key, value in values.items() if key.startswith("net-migration-by")}, done.stderr)

    def test_a_comparison_of_countries_is_no_figure_of_one(self):
        values, _ = self.made("Population.csv", "Country;2022;2023\nKazakhstan;100;101\nUzbekistan;200;202\nKyrgyzstan;40;41\n",
                              "--country", "KAZ")
        self.assertNotIn("population", values)

    def test_a_column_of_figures_that_nobody_knows_leaves_no_sum(self):
        values, _ = self.made("Flow monitoring.csv", "FMP,Month,Incoming,Outgoing,Internal\nArlit,2024-04,5,8,7\nArlit,2024-05,1,8,5\nArlit,2024-06,1,1,2\n",
                              "--country", "NER")
        self.assertNotIn("movements-observed", values)

    def test_transfers_to_countries_are_those_of_none(self):
        values, _ = self.made("Remittances.csv", "Country;2022;2023\nUzbekistan;10;11\nTajikistan;5;6\nKyrgyzstan;3;4\n", "--country", "UZB",
                              "--concept", "remittances", "--direction", "IN", "--unit", "USD")
        self.assertNotIn("remittances-in", values)

    def test_a_row_of_the_country_that_is_the_sum_of_its_regions_twice_is_the_total(self):
        values, _ = self.made("Population.csv", "Part of the country;2022;2023\nRepublic;120;140\nNorth;40;50\nSouth;40;40\nEast;30;30\nWest;10;20\n",
                              "--country", "TJK")
        self.assertEqual("140", values.get("population"))

    def test_figures_that_no_indicator_selects_are_said_not_to_be_used(self):
        _, done = self.made("permits.csv", "period;country;persons\n2024-Q2;UZB;5\n2024-Q2;KGZ;6\n", "--country", "KAZ",
                            "--concept", "residence-permits", "--kind", "flow")
        self.assertEqual(1, done.returncode)
        self.assertIn("permits (permits.csv): no figure of residence-permits is made of it", done.stderr)


if __name__ == "__main__":
    unittest.main()
