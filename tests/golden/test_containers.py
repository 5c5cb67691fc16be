"""Containers other than CSV and workbooks of Office: PC-Axis, JSON records, OpenDocument. As rows, and as figures."""
import csv
import io
import json
import pathlib
import tempfile
import unittest

import ods_file
from program import run

PX = '''CHARSET="ANSI";
CODEPAGE="{codepage}";
LANGUAGE="ru";
TITLE="Прибытия по полу "
"и кварталам";
TITLE[en]="Arrivals";
CONTENTS="Прибытия";
UNITS="persons";
STUB="sex";
HEADING="quarter";
VALUES("sex")="мужчины","женщины";
VALUES("quarter")="2024-Q1","2024-Q2";
NOTE="First; and
second";
DATA=
1 2.5
".." "-"
;
'''
DESCRIPTION = {"concept": "arrivals", "unit": "persons", "kind": "flow"}


class Containers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def rows(self, path, *arguments, code=0):
        made = run("rows", path, *arguments)
        self.assertEqual(made.returncode, code, made.stderr)
        return list(csv.reader(io.StringIO(made.stdout))), made.stderr

    def placed(self, path, *arguments):
        made = run("rows", path, "-f", "jsonl", "--places", *arguments)
        return [json.loads(line) for line in made.stdout.splitlines()]

    def refused(self, path, *words, command="rows"):
        made = run(command, path)
        self.assertEqual(made.returncode, 1)
        for word in words:
            self.assertIn(word, made.stderr + made.stdout)


class PcAxis(Containers):
    def test_each_figure_is_a_row_with_the_places_of_its_cells(self):
        for codepage in ("windows-1251", "utf-8"):
            path = self.file("a.px", PX.format(codepage=codepage).encode(codepage))
            rows, notes = self.rows(path)
            self.assertEqual(rows, [["sex", "quarter", "Прибытия, persons"], ["мужчины", "2024-Q1", "1"],
                                    ["мужчины", "2024-Q2", "2.5"], ["женщины", "2024-Q1", ".."],
                                    ["женщины", "2024-Q2", "-"]])
            self.assertIn("Прибытия по полу и кварталам", notes)
            self.assertIn("a.px:13:1: note[MTM-N037]: found \"NOTE=First; and", notes)
            self.assertIn('a.px:6:1: note[MTM-N037]: found "en"', notes)
            self.assertEqual(self.placed(path)[1]["places"], [[11, 15], [12, 29], [16, 3]])

    def test_keys_give_only_the_rows_that_are_there(self):
        text = PX.format(codepage="utf-8").split("DATA=")[0] + (
            'CODES("sex")="M","F";\nKEYS("sex")=CODES;\nDATA=\n"F", 3 4;\n')
        rows, _ = self.rows(self.file("a.px", text))
        self.assertEqual(rows[1:], [["женщины", "2024-Q1", "3"], ["женщины", "2024-Q2", "4"]])
        self.refused(self.file("b.px", text.replace('"F", 3', '"X", 3')), "a key that no value has", "b.px:18:4")

    def test_units_by_content(self):
        text = ('TITLE="t";STUB="what";HEADING="year";CONTVARIABLE="what";VALUES("what")="a","b";VALUES("year")="2024";'
                'UNITS("a")="persons";UNITS("b")="percent";DATA=1 2;')
        rows, _ = self.rows(self.file("a.px", text))
        self.assertEqual(rows, [["what", "year", "unit", "value"], ["a", "2024", "persons", "1"], ["b", "2024", "percent", "2"]])

    def test_figures_that_do_not_fit_end_the_file(self):
        text = PX.format(codepage="utf-8")
        self.refused(self.file("a.px", text.replace('"-"', "")), "fewer figures", "a.px:18:1")
        self.refused(self.file("b.px", text.replace('"-"', '"-" 5')), "more figures", "b.px:17:10")

    def test_every_cut_is_refused_with_its_place(self):
        text = PX.format(codepage="utf-8").encode()
        for cut in range(60, len(text) - 3, 7):
            made = run("rows", self.file("cut.px", text[:cut]))
            self.assertEqual(made.returncode, 1, cut)
            self.assertRegex(made.stderr, r"cut\.px:\d+:\d+: error")

    def test_figures_are_read_and_checked(self):
        made = run("check", self.file("a.px", PX.format(codepage="utf-8").replace("2.5", "2")))
        self.assertEqual(made.returncode, 0, made.stdout)
        self.assertIn("sum 3 of 3 figures, 1 without a value", made.stdout)
        self.assertIn("N159", made.stdout)

    def test_the_name_csv_is_refused(self):
        self.refused(self.file("a.csv", PX.format(codepage="utf-8")), "a PC-Axis file", "name it .px")


class Json(Containers):
    def test_objects_become_rows_under_all_keys(self):
        path = self.file("a.json", '[{"a": 1, "b": "x\\u00e9\\ud83d\\ude00"},\n {"c": {"d": [1, 2], "e": null}, "a": -2.50}]')
        rows, _ = self.rows(path)
        self.assertEqual(rows, [["a", "b", "c.d", "c.e"], ["1", "xé😀", "", ""], ["-2.50", "", "[1, 2]", ""]])
        self.assertEqual(self.placed(path)[1]["places"], [[2, 39], [2, 2], [2, 14], [2, 27]])

    def test_records_are_found_where_they_are(self):
        lines = '{"n": 1}\n\n{"n": 2, "m": true}\n'
        self.assertEqual(self.rows(self.file("a.jsonl", lines))[0], [["n", "m"], ["1", ""], ["2", "true"]])
        inside = self.file("b.json", '{"meta": {"source": "x"}, "data": [{"a": 1}, {"a": 2}], "more": [["k", "v"], ["x", 2]]}')
        rows, notes = self.rows(inside)
        self.assertEqual(rows, [["a"], ["1"], ["2"]])
        self.assertIn('meta.source: "x"', notes)
        self.assertIn('found "more"', notes)
        self.assertEqual(self.rows(inside, "--sheet", "more")[0], [["k", "v"], ["x", "2"]])
        self.assertEqual([row[:4] for row in self.rows(inside, "--tables")[0][1:]], [["1", "data", "1", "2"], ["1", "more", "1", "1"]])
        self.assertEqual(self.rows(self.file("c.json", '{"a": 1, "b": "two"}'))[0], [["a", "b"], ["1", "two"]])
        self.assertEqual(self.rows(self.file("d.json", '["a", 2]\n["b", 4]'), "--told", "header=none")[0], [["a", "2"], ["b", "4"]])

    def test_nothing_is_overwritten_or_left_out(self):
        rows, notes = self.rows(self.file("a.json", '[{"a": 1, "b": 2}, {"a": 3, "a": 4}, 5, {"b": 6}]'), code=1)
        self.assertEqual(rows, [["a", "b"], ["1", "2"], ["", "6"]])
        self.assertIn('found "{"a": 3, "a": 4}", expected each key once', notes)
        self.assertIn('found "5", expected a record', notes)

    def test_what_is_no_json_is_refused_with_its_place(self):
        for text, place, word in (('[{"a": 1}, {"a": ]', "1:18", "no JSON"), ('[{"a": 1}', "1:10", "end of the file"),
                                  ('[{"a": "x}]', "1:12", "never closed"), ('[{"a": "\\x"}]', "1:9", "an escape"),
                                  ('[{"a": "\\ud83d"}]', "1:9", "an escape"), ('[{"a" 1}]', "1:7", "without a value"),
                                  ('[{"a": 1}] x', "1:12", "more behind"), ('[{"a": 1},\n{"a": tru}]', "2:7", "no JSON"),
                                  ("[" * 100, "1:66", "levels of nesting")):
            self.refused(self.file("a.json", text), word, f"a.json:{place}:")

    def test_figures_are_read_and_checked(self):
        path = self.file("a.json", json.dumps([{"period": "2024-Q1", "citizenship": c, "value": v} for c, v in (("UZB", 5), ("KGZ", 7))]))
        made = run("check", path)
        self.assertEqual(made.returncode, 0, made.stdout)
        self.assertIn("sum 12 of 2 figures", made.stdout)
        self.refused(self.file("a.csv", path.read_bytes()), "a JSON document", "name it .json", command="check")


class OpenDocument(Containers):
    def ods(self, sheets, **options):
        path = self.folder / "a.ods"
        ods_file.write(path, sheets, **options)
        return path

    def test_cells_are_what_is_shown(self):
        date = {"office:value-type": "date", "office:date-value": "2024-03-01T00:00:00"}
        path = self.ods({"One": [["what", "cell"], ["number", 0.1 + 0.2], ["day", (date, "01.03.24")], ["month", (date, "март 2024")],
                                 ["year", (date, "2024")],
                                 ["part", ({"office:value-type": "percentage", "office:value": "0.345"}, "34,5 %")],
                                 ["text", "<text:p>a<text:s text:c='2'/>b<text:tab/>c</text:p><office:annotation><text:p>no</text:p>"
                                          "</office:annotation><text:p>d</text:p>"],
                                 ["true", ({"office:value-type": "boolean", "office:boolean-value": "true"}, "TRUE")]]})
        rows, _ = self.rows(path)
        self.assertEqual(dict(rows[1:]), {"number": "0.3", "day": "2024-03-01", "month": "2024-03", "year": "2024", "part": "34.5%",
                                          "text": "a  b\tc\nd", "true": "TRUE"})

    def test_merged_and_repeated_cells(self):
        covered = ({"element": "covered-table-cell"}, "")
        path = self.ods({"One": [["Title"], [None], ["area", ({"table:number-columns-spanned": 2}, "men"), covered],
                                 [None, 2023, 2024], ["A", ({"table:number-columns-repeated": 2}, 5)],
                                 ({"table:number-rows-repeated": 3}, ["B", 1, 2]),
                                 ({"table:number-rows-repeated": 1000000}, [({"table:number-columns-repeated": 16000}, "")])],
                         "Two": [["x", "y"], [1, 2]]})
        rows, notes = self.rows(path)
        self.assertEqual(rows, [["area", "men 2023", "men 2024"], ["A", "5", "5"]] + [["B", "1", "2"]] * 3)
        self.assertEqual([row["line"] for row in self.placed(path)], [5, 6, 7, 8])
        self.assertIn("the first of several was read", notes)
        self.assertEqual(self.rows(path, "--sheet", "Two")[0], [["x", "y"], ["1", "2"]])
        self.assertEqual([row[:4] for row in self.rows(path, "--tables")[0][1:]], [["1", "One", "3", "4"], ["1", "Two", "1", "1"]])
        made = run("rows", path, "--sheet", "Three")
        self.assertIn("expected one of: One, Two", made.stderr)

    def test_an_empty_sheet_in_front_is_passed_over(self):
        self.assertEqual(self.rows(self.ods({"Empty": [], "Full": [["x", "y"], [1, 2]]}))[0], [["x", "y"], ["1", "2"]])

    def test_repetition_without_end_is_refused(self):
        wide = ({"table:number-columns-repeated": 4000}, 1)
        self.refused(self.ods({"One": [({"table:number-rows-repeated": 1000000}, [wide])]}), "repeated millions of times")
        self.refused(self.ods({"One": [[({"table:number-columns-repeated": 10**9}, 1)]]}), "max_columns")
        self.refused(self.ods({"One": [({"table:number-rows-repeated": 10**9}, [1])]}), "1048576")

    def test_damage_is_refused(self):
        path = self.ods({}, raw="<office:x")
        self.refused(path, "not well formed")
        path = self.ods({}, raw='<!DOCTYPE a [<!ENTITY b "c">]><a/>')
        self.refused(path, "DOCTYPE")
        whole = self.ods({"One": [["a", "b"], [1, 2]]}).read_bytes()
        for cut in range(80, len(whole), 40):
            self.refused(self.file("cut.ods", whole[:cut]), "error")

    def test_figures_are_read_and_checked(self):
        path = self.ods({"One": [["period", "citizenship", "value"], ["2024-Q1", "UZB", 5], ["2024-Q1", "KGZ", 7]]})
        made = run("check", path)
        self.assertEqual(made.returncode, 0, made.stdout)
        self.assertIn("sum 12 of 2 figures", made.stdout)

    def test_packages_take_them(self):
        path = self.ods({"One": [["period", "citizenship", "arrivals"], ["2024-Q1", "UZB", 5], ["2024-Q1", "KGZ", 7]]})
        made = run("init", self.folder / "package", path)
        self.assertEqual(made.returncode, 0, made.stderr)
        made = run("check", self.folder / "package")
        self.assertIn("sum 12 of 2 figures", made.stdout)


if __name__ == "__main__":
    unittest.main()
