"""Workbooks of rounds: one sheet a round, a date or a level gives what one table gives; other sheets are left out and named."""
import csv
import json
import random
import shutil
import unittest
from xml.sax.saxutils import escape

from checks.workbooks import row, workbook
from program import SOURCE, ProgramTest, run

FILE = SOURCE / "tests/golden/dtm/made-mobility-tracking.csv"
DATES = ("reportingDate", "yearReportingDate", "monthReportingDate")
COVER = [["Displacement Tracking Matrix"], ["Rounds", 5], ["Contact", "dtm@example.org"]]
CODES = [["P-code", "Name", "n"], ["XX01", "North", 3]]


def sheet_of(lines):
    return "".join(row(i + 1, *(one if isinstance(one, int) else escape(one) for one in line)) for i, line in enumerate(lines))


def book(sheets):
    """The bytes of a workbook of {name: lines}."""
    return workbook(*(sheet_of(lines) for lines in sheets.values()), names=[escape(name) for name in sheets])


def rounds():
    """Header and rows of one operation and assessment type, figures as numbers."""
    with open(FILE, encoding="utf-8") as file:
        lines = list(csv.reader(file))
    head = lines[0]
    place = head.index
    rows = [[int(cell) if cell.isdigit() else cell for cell in line] for line in lines[2:]
            if line[place("operation")] == "Countrywide monitoring" and line[place("assessmentType")] == "BA"]
    return head, rows


def parted(key, leave_out=(), above=()):
    """Sheets by key(row as a dict), without some columns, under rows that stand above the header."""
    head, rows = rounds()
    kept = [i for i, name in enumerate(head) if name not in leave_out]
    out = {}
    for line in rows:
        lines = out.setdefault(key(dict(zip(head, line))), [*above, [head[i] for i in kept]])
        lines.append([line[i] for i in kept])
    return out


class Sheets(ProgramTest):
    def package(self, data, name="rounds.xlsx"):
        (self.folder / name).write_bytes(data)
        package = self.folder / "package"
        shutil.rmtree(package, ignore_errors=True)
        self.fine("init", package, self.folder / name)
        return package

    def described(self, package):
        return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]

    def answers(self, package):
        out = {}
        for indicator in ("idps", "idps-by-admin2", "idps-by-reason", "areas-assessed", "idps-change"):
            found = json.loads(run("compute", package, indicator, "--period", "2024-Q2", "--top", "all", "-f", "json").stdout)
            rows = (found["breakdown"] or {"rows": []})["rows"]
            out[indicator] = (found["value"], found["reason"], sorted((one["code"], one["value"]) for one in rows),
                              [(one["period"], one["base"], one["percent"], one.get("like_for_like")) for one in found["comparisons"]])
        return out

    def one_table(self):
        return self.answers(self.package(book({"Data": next(iter(parted(lambda line: "all").values()))})))

    def test_a_sheet_a_round_a_date_or_a_level_is_as_good_as_one_table(self):
        whole = self.one_table()
        self.assertEqual(whole["idps"][0], "65033")
        ways = {
            "round": (parted(lambda line: f"Round {line['roundNumber']}"), None),
            "number": (parted(lambda line: f"R{line['roundNumber']}", ["roundNumber"]), "round"),
            "date": (parted(lambda line: str(line["reportingDate"])[:10], DATES), "period"),
            "level": (parted(lambda line: f"Admin {line['adminLevel']}"), None),
            "title": (parted(lambda line: f"Round {line['roundNumber']}", above=[["Baseline assessment"], []]), None),
        }
        for number, (name, (sheets, column)) in enumerate(ways.items()):
            before, after = ({"README": COVER}, {"Codes": CODES}) if number % 2 else ({}, {})
            package = self.package(book({**before, **sheets, **after}))
            dialect = self.described(package)["dialect"]
            self.assertEqual((dialect["sheets"], dialect.get("sheetColumn")), ("alike", column), name)
            self.assertEqual(self.answers(package), whole, name)
            said = run("check", package).stdout
            self.assertEqual(("README" in said, "Codes" in said), (bool(before), bool(after)), said)

    def test_the_order_of_sheets_does_not_matter(self):
        whole = self.one_table()
        sheets = list(parted(lambda line: f"Round {line['roundNumber']}").items())
        draw = random.Random(4)
        for _ in range(3):
            draw.shuffle(sheets)
            self.assertEqual(self.answers(self.package(book(dict(sheets)))), whole)

    def test_figures_tell_their_sheet(self):
        package = self.package(book(parted(lambda line: f"Round {line['roundNumber']}")))
        said = self.fine("explain", package, "idps", "--period", "2024-Q2")
        self.assertIn("rounds.xlsx: Round 4:", said)
        self.assertNotIn("rounds.xlsx: Round 5:", said)

    def test_a_later_round_may_ask_more(self):
        """Two of three columns are enough; a column more is read where it is."""
        sheets = parted(lambda line: f"Round {line['roundNumber']}", ["numberMales", "numberFemales"])
        last = sheets["Round 4"]
        last[0] = [*last[0], "numberMales", "numberFemales"]
        figures = last[0].index("numPresentIdpInd")
        last[1:] = [[*line, line[figures] // 2, line[figures] - line[figures] // 2] for line in last[1:]]
        package = self.package(book(sheets))
        self.assertEqual(self.answers(package)["idps"][0], "65033")
        found = json.loads(self.fine("compute", package, "idps-by-sex-age", "--period", "2024-Q2", "-f", "json"))
        self.assertEqual(sum(int(one["value"]) for one in found["breakdown"]["rows"]), 65033)

    def test_one_round_that_cannot_be_read_leaves_the_sheets_apart(self):
        sheets = parted(lambda line: f"Round {line['roundNumber']}")
        sheets["Round 3"][2][sheets["Round 3"][0].index("reportingDate")] = "soon"
        self.assertNotIn("sheets", self.described(self.package(book(sheets))).get("dialect", {}))

    def test_tables_of_another_concept_are_not_joined(self):
        lines = [["period", "country", "arrivals"], ["2024-01", "UZB", 5], ["2024-02", "UZB", 6]]
        self.assertNotIn("sheets", self.described(self.package(book({"A": lines, "B": lines}), "arrivals.xlsx")).get("dialect", {}))

    def test_what_cannot_be_parts(self):
        resource = self.folder / "resource.json"
        for dialect, said in (({"sheets": "all"}, "alike"), ({"sheetColumn": "round"}, "beside sheets"),
                              ({"sheets": "alike"}, "expected a workbook")):
            resource.write_text(json.dumps({"dialect": dialect}), encoding="utf-8")
            out = run("check", "--resource", resource, self.crossings)
            self.assertIn(said, out.stdout + out.stderr)


class Counted(ProgramTest):
    """Registries and registers in a workbook come to the figures of the same rows as CSV."""

    def lines_of(self, path):
        with open(SOURCE / path, encoding="utf-8", newline="") as file:
            return [[int(cell) if cell.isdigit() else cell for cell in line] for line in csv.reader(file)]

    def figures(self, file, indicators):
        package = self.folder / f"package-{len(list(self.folder.iterdir()))}"
        self.fine("init", package, file)
        return [json.loads(run("compute", package, one, "--period", "2024-Q2", "--top", "all", "-f", "json").stdout) for one in indicators]

    def test_a_workbook_counts_as_its_sheet_does(self):
        for path, indicators in (("examples/flow-monitoring/registry.csv", ("movements-observed", "movements-observed-by-point", "movements-observed-by-sex")),
                                 ("examples/registrations/registrations.csv", ("registered-persons", "registered-by-site", "registration-exits"))):
            lines = self.lines_of(path)
            text = self.folder / "rows.csv"
            shutil.copy(SOURCE / path, text)
            wanted = self.figures(text, indicators)
            for above in ((), (["Registry of the week", 'kept "by hand"'], [])):
                sheet = self.folder / f"rows-{len(above)}.xlsx"
                sheet.write_bytes(book({"Data": [*above, *lines], "Notes": COVER}))
                found = self.figures(sheet, indicators)
                self.assertIsNotNone(found[0]["value"])
                for one, other in zip(found, wanted):
                    self.assertEqual(one["value"], other["value"], (path, one["id"]))
                    self.assertEqual([(row["code"], row["value"]) for row in (one["breakdown"] or {"rows": []})["rows"]],
                                     [(row["code"], row["value"]) for row in (other["breakdown"] or {"rows": []})["rows"]])

    def test_a_row_that_is_refused_has_its_number_in_the_sheet(self):
        lines = self.lines_of("examples/registrations/registrations.csv")
        head = lines[0]
        lines[3][head.index("person_id")] = ""
        (self.folder / "rows.xlsx").write_bytes(book({"Data": [["Register"], [], *lines]}))
        self.fine("init", self.folder / "package", self.folder / "rows.xlsx")
        self.assertRegex(run("check", self.folder / "package").stdout, r":6:\d+: error\[MTM-E180\]")


if __name__ == "__main__":
    unittest.main()
