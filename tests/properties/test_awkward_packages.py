"""Tables as agencies of Central Asia make them, expectations written first: wide months, cumulative quarters, half-years, regions
with subtotals, "of which", thousands, per cents beside counts, absences. Each is read without fields, computed by the program."""
import json
import subprocess
import tempfile
import unittest

from packages import PROGRAM, compute, package

RU = "Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь".split()


class Tables(unittest.TestCase):
    def result(self, lines, period, indicator="arrivals-by-origin", more=None, **properties):
        with tempfile.TemporaryDirectory() as folder:
            tables = {"t": (lines, properties, None)}
            tables.update(more or {})
            package(folder, tables)
            return compute(folder, period, indicator)

    def codes(self, lines, **properties):
        """What check says of a table: the exit status and the codes."""
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {"t": (lines, properties, None)})
            done = subprocess.run([PROGRAM, "check", folder, "-f", "json", "-q"], capture_output=True, text=True, timeout=60)
            return done.returncode, done.stdout

    def is_value(self, result, value):
        self.assertEqual((result["value"], result["reason"]), (value, None), result["notes"])

    def is_none(self, result, *reasons):
        self.assertIsNone(result["value"])
        self.assertIn(result["reason"], reasons, result["notes"])

    # ---- sums ----

    def test_01_wide_months_with_a_printed_total(self):
        lines = ["Прибытие иностранцев, 2024 год", "Страна," + ",".join(RU[:6]), "Всего,110,120,130,140,150,160", "Узбекистан,60,70,80,90,100,110",
                 "Россия,50,50,50,50,50,50"]
        self.is_value(self.result(lines, "2024-06"), "160")
        self.is_value(self.result(lines, "2024-Q2"), "450")

    def test_02_the_same_without_a_total(self):
        lines = ["Прибытие иностранцев, 2024 год", "Страна," + ",".join(RU[:6]), "Узбекистан,60,70,80,90,100,110", "Россия,50,50,50,50,50,50"]
        self.is_value(self.result(lines, "2024-06"), "160")

    def test_03_a_total_below(self):
        lines = ["Citizenship,2024-05,2024-06", "Uzbekistan,60,70", "Kyrgyzstan,5,6", "Barcha davlatlar,65,76"]
        found = self.result(lines, "2024-06")
        self.is_value(found, "76")

    def test_04_cumulative_quarters(self):
        lines = ["citizenship,январь-март 2024,январь-июнь 2024", "Узбекистан,100,260", "Россия,50,90"]
        self.is_value(self.result(lines, "2024-Q2", cumulative=True), "200")
        self.is_value(self.result(lines, "2024-Q1", cumulative=True), "150")

    def test_05_cumulative_by_its_words_alone(self):
        lines = ["citizenship,январь-март 2024,январь-июнь 2024", "Узбекистан,100,260", "Россия,50,90"]
        found = self.result(lines, "2024-Q2")
        self.is_value(found, "200")

    def test_06_half_years(self):
        lines = ["citizenship,I полугодие 2024,II полугодие 2024", "Узбекистан,100,260", "Россия,50,90"]
        self.is_value(self.result(lines, "2024-S1"), "150")
        self.is_value(self.result(lines, "2024"), "500")
        self.is_none(self.result(lines, "2024-Q2"), "periods-not-aligned", "period-unavailable")

    def test_07_of_which_is_no_part(self):
        lines = ["citizenship,2024-05,2024-06", "Всего,200,210", "в том числе:,,", "Узбекистан,150,160", "Россия,50,50"]
        self.is_value(self.result(lines, "2024-06"), "210")

    def test_08_women_of_which(self):
        lines = ["citizenship,2024-05,2024-06", "Uzbekistan,150,160", "of which women,50,60", "Kyrgyzstan,20,30", "of which women,5,6"]
        found = self.result(lines, "2024-06")
        self.is_value(found, "190")

    def test_09_a_group_and_its_members(self):
        lines = ["citizenship,2024-06", "CIS,170", "Uzbekistan,100", "Kyrgyzstan,70", "China,30"]
        self.is_value(self.result(lines, "2024-06"), "200")

    def test_10_a_group_that_is_not_its_members(self):
        lines = ["citizenship,2024-06", "CIS,7", "Uzbekistan,4", "others,3"]
        found = self.result(lines, "2024-06")
        self.is_none(found, "total-uncertain", "coverage-incomplete")  # neither 7 nor 14 by guess

    def test_10_aggregates_of_eurostat(self):
        lines = ["citizenship,2019-06,2020-06", "EU28,100,", "EU27_2020,,80", "GBR,20,20", "RUS,5,5"]
        self.is_none(self.result(lines, "2019-06"), "total-uncertain")  # GBR is one of the 28: never 125
        self.is_value(self.result(lines, "2020-06"), "105")

    def test_10_parts_that_never_made_the_total(self):
        lines = ["citizenship,2024-03,2024-04,2024-05,2024-06", "Всего,160,160,,160", "Узбекистан,50,50,50,50", "Россия,100,100,100,100"]
        self.is_value(self.result(lines, "2024-06"), "160")
        for period in ("2024-05", "2024-Q2"):
            self.is_none(self.result(lines, period), "missing-value")  # the source leaves the total blank
        lines = ["period,citizenship,movements"] + [f"2024-{m:02},{c},{v}" for m in range(1, 7) for c, v in (
            ("Всего", 160), ("Россия", 100), ("Узбекистан", 50)) if (m, c) != (5, "Всего")]
        for period in ("2024-05", "2024-Q2"):
            self.is_none(self.result(lines, period), "total-uncertain")
        once = ["citizenship,2024-03,2024-04,2024-05,2024-06", "Всего,150,150,,160", "Узбекистан,50,50,50,50", "Россия,100,100,100,100"]
        self.is_value(self.result(once, "2024-04"), "150")

    def test_11_months_down_and_countries_across(self):
        lines = ["Месяц,Узбекистан,Россия,Всего"] + [f"2024-0{m},{100 + m},{50 + m},{150 + 2 * m}" for m in range(1, 7)]
        self.is_value(self.result(lines, "2024-06"), "162")

    def test_12_a_year_column_among_the_months(self):
        lines = ["citizenship,2023-11,2023-12,2023", "Узбекистан,10,20,300", "Россия,5,5,60"]
        self.is_value(self.result(lines, "2023-12"), "25")
        self.is_value(self.result(lines, "2023"), "360")

    # ---- units ----

    def test_13_thousands_in_the_header(self):
        lines = ['period,citizenship,"Прибыло, тыс."', '2024-06,UZB,"1,5"', '2024-06,RUS,"2,5"']
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {"t": (lines, {}, None)})
            found = compute(folder, "2024-06")
        self.assertIn((found["value"], found.get("multiplier")), (("4.0", 3), ("4", 3)))

    def test_14_thousands_against_the_declaration(self):
        lines = ['period,citizenship,"Прибыло, тыс. человек"', '2024-06,UZB,15']
        code, said = self.codes(lines, unit="movements", multiplier=0)
        self.assertEqual(code, 1)
        self.assertIn("MTM-E055", said)

    def test_15_a_currency_against_the_declaration(self):
        for head in ("remittances USD", "sum_usd", "Переводы, млн долларов США", "USD"):
            code, said = self.codes([f'period,"{head}"', "2024-Q1,100"], concept="remittances", unit="KZT", dimensions={"direction": "OUT"})
            self.assertEqual(code, 1, head)
            self.assertIn("MTM-E055", said)
            self.assertIn(head, json.dumps(json.loads(said), ensure_ascii=False))

    def test_16_per_cents_beside_counts(self):
        lines = ["citizenship,2024-05,2024-06,в % к маю", "Узбекистан,100,110,110.0", "Россия,50,40,80.0"]
        found = self.result(lines, "2024-06")
        self.is_value(found, "150")

    def test_17_shares_beside_counts(self):
        lines = ["period,citizenship,value,%", "2024-06,UZB,30,75", "2024-06,RUS,10,25"]
        found = self.result(lines, "2024-06")
        self.is_value(found, "40")

    def test_18_spaces_between_thousands(self):
        lines = ["period;citizenship;value", "2024-06;UZB;1 234", "2024-06;RUS;10 766"]
        self.is_value(self.result(lines, "2024-06"), "12000")

    def test_19_a_unit_row(self):
        lines = ["citizenship,2024-05,2024-06", ",тыс.,тыс.", "Узбекистан,10,20", "Россия,5,5"]
        found = self.result(lines, "2024-06")
        self.assertEqual((found["value"], found["multiplier"]), ("25", 3))

    # ---- absences ----

    def monthly(self, last=6, without=()):
        lines = ["period,citizenship,value"]
        for year in (2023, 2024):
            for m in range(1, 13 if year == 2023 else last + 1):
                lines += [f"{year}-{m:02},{c},{n}" for c, n in (("UZB", 1000), ("RUS", 500), ("KGZ", 200))
                          if (f"{year}-{m:02}", c) not in without]
        return lines

    def test_20_a_country_forgotten(self):
        self.is_none(self.result(self.monthly(without={("2024-06", "KGZ")}), "2024-06"), "coverage-incomplete")

    def test_21_a_month_forgotten_in_a_quarter(self):
        gone = {("2024-05", c) for c in ("UZB", "RUS", "KGZ")}
        self.is_none(self.result(self.monthly(without=gone), "2024-Q2"), "periods-not-aligned", "period-unavailable")

    def test_22_a_country_forgotten_in_the_base(self):
        found = self.result(self.monthly(without={("2023-06", "RUS")}), "2024-06")
        self.is_value(found, "1700")
        year = next(c for c in found["comparisons"] if c["with"] == "same-period-last-year")
        self.assertEqual((year["percent"], year["reason"], year["like_for_like"]["percent"]), (None, "extent-differs", "0.0"))

    def test_23_dots_are_not_zero(self):
        lines = ["citizenship,2024-05,2024-06", "Узбекистан,10,20", "Россия,5,..."]
        self.is_none(self.result(lines, "2024-06"), "missing-value")

    def test_24_a_dash_with_its_legend(self):
        lines = ["citizenship,2024-05,2024-06", "Узбекистан,10,20", "Россия,5,-", "«-» - явление отсутствует"]
        found = self.result(lines, "2024-06")
        self.is_value(found, "20")

    def test_25_an_empty_cell_of_a_wide_table(self):
        lines = ["citizenship,2024-04,2024-05,2024-06", "Узбекистан,10,20,30", "Россия,500,500,"]
        self.is_none(self.result(lines, "2024-06"), "coverage-incomplete")

    def test_26_sexes_are_closed(self):
        lines = ["period,sex,value", "2024-05,men,10", "2024-05,women,20", "2024-06,men,11"]
        self.is_none(self.result(lines, "2024-06", "arrivals"), "coverage-incomplete", "coverage-unknown")

    def test_27_regions_with_a_national_row(self):
        lines = ["region,2024-05,2024-06", "Республика Казахстан,100,110", "Абай,30,35", "Акмола,70,75"]
        self.is_value(self.result(lines, "2024-06", "immigration", concept="migration", unit="persons"), "110")

    def test_28_towns_and_country_under_each_region(self):
        lines = ["region,2024-06", "Кыргызская Республика,100", "городское население,40", "сельское население,60", "Баткенская область,30",
                 "городское население,10", "сельское население,20", "Ошская область,70", "городское население,30", "сельское население,40"]
        found = self.result(lines, "2024-06", "immigration", concept="migration", unit="persons")
        self.is_value(found, "100")

    def test_29_one_file_a_month(self):
        head = "citizenship,value"
        more = {f"m{m}": ([f"period,{head}"] + [f"2024-0{m},{c},{n}" for c, n in (("UZB", 10), ("RUS", 500)) if (m, c) != (6, "RUS")], {}, None)
                for m in (4, 5, 6)}
        first = [f"period,{head}", "2024-03,UZB,10", "2024-03,RUS,500"]
        self.is_none(self.result(first, "2024-06", more=more), "coverage-incomplete")
        self.is_value(self.result(first, "2024-05", more=more), "510")

    def test_30_a_sentinel(self):
        for text in ("-999", "-9999", "-999.00"):
            code, said = self.codes(["period,citizenship,value", f"2024-06,UZB,{text}", "2024-06,RUS,5"])
            self.assertEqual(code, 1, text)
            self.assertIn("MTM-E135", said)
        code, said = self.codes(["period,citizenship,value", "2024-06,UZB,99999", "2024-06,RUS,-5", "2024-06,KGZ,1.5"])
        for note in ("MTM-N135", "MTM-N136", "MTM-N137"):
            self.assertIn(note, said)


if __name__ == "__main__":
    unittest.main()
