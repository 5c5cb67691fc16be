"""What a table says of its own figures - that they are digits, of a quarter alone, a balance - is held against them."""
import json
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from program import run  # noqa: E402

TO_DATE = "Период;Прибыло;Выбыло\n1 кв. 2024;5000;3000\n2 кв. 2024;11000;6500\n3 кв. 2024;18000;9000\n4 кв. 2024;29948;12000\n"
SUMS = "2024 год;63948;30500\n"
LAST = "2024 год;29948;12000\n"


class Claims(unittest.TestCase):
    def check(self, text, name="a.csv"):
        """The diagnostics of a check as {code: first one}, and the check."""
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(lambda: shutil.rmtree(folder))
        self.file = folder / name
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        check = json.loads(run("check", self.file, "-f", "json").stdout)
        return {one["code"][4:]: one for one in reversed(check["diagnostics"])}, check

    def report(self, *options):
        package = self.file.parent / "package"
        begun = run("init", package, self.file, *options)
        self.assertEqual(0, begun.returncode, begun.stderr)
        return run("report", package)

    # ---- letters for digits ----

    def test_one_letter_refuses_its_row_and_leaves_the_column(self):
        codes, check = self.check("Период,Страна,Прибыло,Выбыло\n2023,Россия,105,20\n2023,Китай,l07,30\n2024,Россия,105,40\n")
        self.assertEqual((3, 12), (codes["E066"]["line"], codes["E066"]["column"]))
        self.assertEqual(1, check["rows"]["rejected"])
        self.assertEqual("210", check["columns"][2]["sum"])

    def test_a_column_of_letters_under_a_word_of_direction(self):
        for cells in (("1О5", "1О7"), ("1З5", "2 0З4"), ("l05", "l07"), ("2О", "3О"), ("lO5", "1OO")):
            codes, check = self.check("Период;Прибыло;Выбыло\n2023;{};20\n2024;{};30\n".format(*cells))
            self.assertIn("E066", codes, cells)
            self.assertEqual(2, check["rows"]["rejected"], cells)

    def test_a_letter_in_a_year_above_a_column(self):
        codes, check = self.check("Страна,2022,2O23,2024\nРоссия,105,107,109\nКитай,205,207,209\n")
        self.assertEqual("error", check["outcome"])
        self.assertIn("E053", codes)

    def test_codes_that_begin_with_such_a_letter_are_labels(self):
        for code in ("O12", "I05", "З7"):
            codes, check = self.check(f"year,place,value\n2023,{code},105\n2024,{code},107\n")
            self.assertNotIn("E066", codes, code)
            self.assertEqual(0, check["rows"]["rejected"], code)

    # ---- figures since January ----

    def test_quarters_that_the_year_proves_to_run_from_january(self):
        codes, check = self.check(TO_DATE + LAST)
        self.assertEqual("error", check["outcome"])
        self.assertEqual(5, codes["E163"]["line"])
        self.assertIn("line 6", codes["E163"]["found"])

    def test_quarters_that_add_up_to_the_year(self):
        codes, check = self.check(TO_DATE + SUMS)
        self.assertNotIn("N163", codes)
        self.assertNotIn("E163", codes)
        self.assertEqual("ok", check["outcome"])

    def test_quarters_that_only_rise_so_are_noted_and_said_in_the_report(self):
        codes, _ = self.check(TO_DATE)
        self.assertEqual(5, codes["N163"]["line"])
        done = self.report("--country", "KAZ", "--concept", "migration", "--unit", "persons")
        self.assertIn("since January", " ".join(done.stdout.split()))

    def test_what_falls_or_rises_slowly_somewhere_is_not(self):
        for last in ("17000;12000", "29948;8999"):
            codes, _ = self.check(TO_DATE.replace("29948;12000", last))
            self.assertNotIn("N163", codes, last)
        codes, _ = self.check("Период;Прибыло\n1 кв. 2024;5000\n2 кв. 2024;5500\n3 кв. 2024;6000\n4 кв. 2024;6500\n")
        self.assertNotIn("N163", codes)

    def test_a_stock_may_be_that_of_its_last_quarter(self):
        codes, _ = self.check("Период;Численность населения\n1 кв. 2024;5000\n2 кв. 2024;5100\n3 кв. 2024;5200\n4 кв. 2024;5300\n2024;5300\n")
        self.assertNotIn("E163", codes)

    def test_a_year_that_begins_anew_in_every_row(self):
        codes, _ = self.check("Страна;2023-Q1;2023-Q2;2023-Q3;2023-Q4;2024-Q1;2024-Q2\nРоссия;10;21;33;45;11;25\nКитай;0;0;1;1;2;5\n")
        self.assertEqual(2, codes["N163"]["line"])

    # ---- balances ----

    def test_a_balance_that_is_not_the_difference(self):
        codes, _ = self.check("Период,Прибыло,Выбыло,Сальдо миграции\n2022,17425,24000,-6575\n2023,25387,16000,9999\n")
        self.assertEqual(3, codes["N162"]["line"])
        for text in ("9999", "9387", "line 3"):
            self.assertIn(text, codes["N162"]["found"] + codes["N162"]["expected"])
        done = self.report("--country", "KAZ", "--concept", "migration", "--unit", "persons")
        self.assertIn("9,999", done.stdout)

    def test_a_balance_in_a_row_of_its_own(self):
        codes, _ = self.check("Показатель;2022;2023\nПрибыло;17425;25387\nВыбыло;24000;16000\nСальдо миграции;-6575;9999\n")
        self.assertEqual(4, codes["N162"]["line"])
        self.assertIn("line 2", codes["N162"]["expected"])

    def test_a_balance_that_is(self):
        for text in ("Период,Прибыло,Выбыло,Сальдо миграции\n2022,17425,24000,-6575\n2023,25387,16000,9387\n",
                     "Период;Прибыло, тыс. человек;Выбыло, тыс. человек;Сальдо миграции, тыс. человек\n2022;17,4;24,0;-6,5\n2023;25,4;16,0;9,4\n"):
            codes, _ = self.check(text)
            self.assertNotIn("N162", codes)


if __name__ == "__main__":
    unittest.main()
