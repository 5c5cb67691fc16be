"""Sentences that were false or misleading on packages as agencies send them: each case says what must and must not be read."""
import os
import pathlib
import re
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
        self.assertIn("The largest numbers of arrivals were of citizens of Russia (50.0\u00a0%) and Uzbekistan (50.0\u00a0%)"
                      .replace("\u00a0", " "), text.replace("\u00a0", " "))

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

    def test_a_stock_is_compared_with_its_day(self):
        table = "Date,Population\n2024-07-01,20100000\n2023-07-01,19800000\n"
        text = self.report(table, "population", "2024-Q2").replace("\u00a0", " ")
        self.assertIn("up 1.5 % on 1 July 2023", text)
        self.assertIn("1 July 2023 (same quarter of the previous year) 19,800,000", text)

    def test_a_breakdown_that_is_not_there_has_no_section(self):
        table = "Year,Arrivals,Departures\n2022,17425,24000\n2023,25387,16000\n"
        text = self.report(table, "migration", "2023")
        self.assertNotIn("Immigration by country of origin in 2023 amounted", text)
        self.assertIn("Immigration by country of origin. The breakdown", text)
        self.assertIn("Breakdown missing or incomplete", text)


if __name__ == "__main__":
    unittest.main()
