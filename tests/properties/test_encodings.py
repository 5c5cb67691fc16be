"""Encodings that no mark and no declaration tell: tables in every code page of one byte are read as what they are, or refused. A table is
never read as anything else."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from packages import PROGRAM

SOURCE = pathlib.Path(__file__).resolve().parents[2]
CODE_PAGES = {"windows-1251": "cp1251", "koi8-u": "koi8_u", "ibm866": "cp866", "iso-8859-5": "iso8859_5", "mac-cyrillic": "mac_cyrillic",
              "windows-1252": "cp1252", "windows-1254": "cp1254", "windows-1250": "cp1250", "windows-1257": "cp1257",
              "kz-1048": "kz1048"}
SAMPLE = 32768  # bytes that the proof looks at

CYRILLIC = """Страны;I квартал 2024 г.;II квартал 2024 г.
Всего;1 200;1 300
Россия;700;800
Узбекистан;300;300
Прочие;200;200
"""
GERMAN = """Land;Jahr;Anzahl
Türkei;2023;700
Österreich;2023;300
Rumänien;2023;200
"""


def check(data):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "table.csv")
        path.write_bytes(data)
        done = subprocess.run([PROGRAM, "check", path, "-f", "json", "-q"], capture_output=True, text=True, timeout=60)
        return json.loads(done.stdout)


def proved(report):
    return next((one["found"].strip('"') for one in report["diagnostics"] if one["code"] == "MTM-N021"), None)


def fixtures():
    for folder in ("tests", "examples"):
        for path in sorted(pathlib.Path(SOURCE, folder).rglob("*.csv")):
            if path.stat().st_size < 300_000:
                try:
                    text = path.read_bytes().decode("utf-8-sig")
                except UnicodeDecodeError:
                    continue
                if not text.isascii():
                    yield path, text


class Encodings(unittest.TestCase):
    def test_a_russian_table_is_read_in_its_code_page(self):
        sums = None
        for name in ("windows-1251", "koi8-u", "ibm866", "iso-8859-5", "mac-cyrillic"):
            report = check(CYRILLIC.encode(CODE_PAGES[name]))
            self.assertEqual((name, "ok-with-notes"), (proved(report), report["outcome"]))
            found = [(column["name"], column.get("sum")) for column in report["columns"]]
            sums = sums or found
            self.assertEqual(sums, found, name)

    def test_too_few_known_words_prove_nothing(self):
        report = check("a;b\nПетя;1\nВася;2\n".encode("cp1251"))
        self.assertEqual((None, "error"), (proved(report), report["outcome"]))

    def test_code_pages_that_differ_in_a_letter_of_the_table_are_not_told_apart(self):
        report = check(GERMAN.replace("200\n", "200\nTürkei, Şırnak;2023;1\n").encode("cp1254"))
        self.assertIn(proved(report), (None, "windows-1254"))

    def test_no_fixture_is_read_in_another_code_page(self):
        told = wrong = 0
        for path, text in fixtures():
            for python in CODE_PAGES.values():
                try:
                    data = text.encode(python)
                except UnicodeEncodeError:
                    continue
                name = proved(check(data))
                if name is not None:
                    told += 1
                    wrong += data[:SAMPLE].decode(CODE_PAGES[name]) != data[:SAMPLE].decode(python)
        self.assertGreater(told, 25)
        self.assertEqual(0, wrong)


if __name__ == "__main__":
    unittest.main()
