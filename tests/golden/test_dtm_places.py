"""The list of places of a package: what contradicts it is refused or noted, with line and cure, and is added to no wrong area."""
import json
import random
import re
import unittest

from program import ProgramTest, run

HEADER = "admin0Pcode,admin1Name,admin1Pcode,admin2Name,admin2Pcode,numPresentIdpInd,reportingDate,roundNumber,assessmentType\n"
PLACES = """Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date
#country,#geo+admin_level,#adm+code,#adm+name,#adm+code+parent,#date+start
XXX,1,XX01,North,XXX,2020-01-01
XXX,1,XX02,South,XXX,2020-01-01
XXX,2,XX0101,Port,XX01,2020-01-01
XXX,2,XX0102,Hill,XX01,2024-01-01
XXX,2,XX0201,Lake,XX02,2020-01-01
"""


class Places(ProgramTest):
    def package(self, rows, places=PLACES):
        (self.folder / "rounds.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
        (self.folder / "places.csv").write_text(places, encoding="utf-8")
        resources = [{"name": "rounds", "path": "rounds.csv", "mtm": {"concept": "displacement"}},
                     {"name": "places", "path": "places.csv", "mtm": {"gazetteer": "pcodes"}}]
        (self.folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}), encoding="utf-8")
        return self.folder

    def said(self, package):
        text = run("check", package).stdout
        return re.findall(r"rounds\.csv:(\d+):\d+: \w+\[MTM-([EN]\d+)\]", text)

    def row(self, first, second, figure=10, date="2023-05-01"):
        return f"XXX,N {first},{first},N {second},{second},{figure},{date},1,BA\n"

    def test_what_agrees_is_read_in_silence(self):
        package = self.package([self.row("XX01", "XX0101"), self.row("XX02", "XX0201")])
        self.assertEqual([one for one in self.said(package) if one[1] != "N090"], [])

    def test_each_contradiction_has_its_line(self):
        package = self.package([self.row("XX01", "XX0101"), self.row("XX02", "XX0101"), self.row("XX01", "XX0102"),
                                self.row("XX01", "XX0199"), self.row("XX0101", "XX0101"), self.row("XX02", "XX0201")])
        found = [one for one in self.said(package) if one[1] != "N090"]
        self.assertEqual(found, [("3", "E173"), ("4", "N172"), ("5", "N171"), ("6", "E174")])
        for code in ("E173", "N172", "N171", "E174"):
            self.assertRegex(run("check", package).stdout, rf"MTM-{code}\].*; \w+")

    def test_one_code_with_two_names_is_said(self):
        """Perhaps the figures of another place, whose code is missing; spelling alone is no other name."""
        rows = [self.row("XX01", "XX0101"), self.row("XX02", "XX0201"), self.row("XX02", "XX0201", 9, "2024-06-01").replace("N XX0201", "n  xx0201"),
                self.row("XX01", "XX0101", 8, "2024-06-01").replace("N XX0101", "Bay"), self.row("XX01", "XX0101", 7, "2025-06-01").replace("N XX0101", "Bay")]
        package = self.package(rows)
        self.assertEqual([one for one in self.said(package) if one[1] not in ("N090", "N175")], [("5", "N176")])
        text = run("check", package).stdout
        self.assertIn("it is N XX0101 in line 2, and Bay here; correct the code or the name, or spell it alike", text)
        (self.folder / "alone.csv").write_text("".join([HEADER, *rows]), encoding="utf-8")
        self.assertIn("N176", run("check", self.folder / "alone.csv").stdout)

    def test_nothing_is_added_to_a_wrong_area(self):
        package = self.package([self.row("XX01", "XX0101", 7), self.row("XX02", "XX0201", 5), self.row("XX02", "XX0101", 1000)])
        self.assertEqual(run("compute", package, "idps", "--period", "2023-Q2").returncode, 1)  # a refused row ends a strict read
        self.assertNotIn("1,005", run("report", package).stdout)

    def test_a_place_lies_in_one_area_on_one_date(self):
        """Without a list, the table itself tells: the second row would be added to another area."""
        rows = [self.row("XX01", "XX0101", 7), self.row("XX02", "XX0201", 5), self.row("XX02", "XX0101", 1000),
                self.row("XX02", "XX0101", 9, "2024-06-01")]
        text = "".join([HEADER, *rows])
        (self.folder / "alone.csv").write_text(text, encoding="utf-8")
        out = run("check", self.folder / "alone.csv").stdout
        self.assertEqual(re.findall(r"alone\.csv:(\d+):\d+: error\[MTM-(E\d+)\]", out), [("4", "E173")], out)
        self.assertIn("in line 2 it is in XX01", out)
        found = json.loads(run("compute", self.package(rows[:2]), "idps", "--period", "2023-Q2", "-f", "json").stdout)
        self.assertEqual(found["value"], "12")

    def test_dates_of_one_round(self):
        """Dates further apart than the span are several rounds, and that is said where the later one stands."""
        for last, said in (("2023-06-15", []), ("2023-06-16", [("3", "N175")]), ("2024-05-01", [("3", "N175")])):
            package = self.package([self.row("XX01", "XX0101"), self.row("XX02", "XX0201", 20, last)])
            self.assertEqual([(line, code) for line, code in re.findall(r"rounds\.csv:(\d+): note\[MTM-(N175)\]", run("check", package).stdout)],
                             said, last)

    def test_levels_of_a_random_tree(self):
        """Whatever the tree is: rows of it are silent, and a row of another parent is always told."""
        draw = random.Random(4)
        for _ in range(4):
            areas = {f"YY{a}": [f"YY{a}{p}" for p in range(1, draw.randrange(2, 5))] for a in range(1, draw.randrange(3, 6))}
            lines = ["Admin Level,P-Code,Parent P-Code"] + [f"1,{a},YYY" for a in areas]
            lines += [f"2,{p},{a}" for a, some in areas.items() for p in some]
            draw.shuffle(lines[1:])
            rows = [self.row(a, p) for a, some in areas.items() for p in some]
            self.assertEqual([c for _, c in self.said(self.package(rows, "\n".join(lines) + "\n")) if c.startswith("E") or c[1:] in ("171", "172")], [])
            first, second = draw.sample(list(areas), 2)
            rows.append(self.row(first, areas[second][0], 99))
            self.assertIn((str(len(rows) + 1), "E173"), self.said(self.package(rows, "\n".join(lines) + "\n")))

    def test_lists_that_are_none(self):
        for places, code in (("Name,Code\nNorth,XX01\n", "035"), (PLACES + "XXX,2,XX0101,Port,XX02,2020-01-01\n", "173"),
                             (PLACES + "XXX,deep,XX0301,Port,XX01,2020-01-01\n", "174"),
                             (PLACES + "XXX,2,XX0301,Port,XX01,yesterday\n", "080")):
            out = run("check", self.package([self.row("XX01", "XX0101")], places))
            self.assertIn(f"MTM-E{code}", out.stdout)
            self.assertNotEqual(out.returncode, 0)

    def test_a_list_that_goes_round_in_a_circle(self):
        places = "Admin Level,P-Code,Parent P-Code\n1,XX01,XX0101\n2,XX0101,XX01\n2,XX0102,XX0102\n"
        run("check", self.package([self.row("XX01", "XX0101"), self.row("XX01", "XX0102")], places), timeout=20)

    def test_init_knows_a_list(self):
        (self.folder / "rounds.csv").write_text(HEADER + self.row("XX01", "XX0101") + self.row("XX02", "XX0199"), encoding="utf-8")
        (self.folder / "pcodes.csv").write_text(PLACES, encoding="utf-8")
        package = self.folder / "made"
        self.fine("init", package, self.folder / "rounds.csv", self.folder / "pcodes.csv")
        resources = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        self.assertIn({"gazetteer": "pcodes"}, [one["mtm"] for one in resources])
        self.assertIn(("3", "N171"), self.said(package))

    def test_a_table_of_places_with_figures_is_no_list(self):
        (self.folder / "idps.csv").write_text("Admin Level,P-Code,Parent P-Code,Date,IDP individuals\n1,XX01,XXX,2024-01-01,5\n"
                                              "1,XX02,XXX,2024-01-01,7\n", encoding="utf-8")
        self.fine("init", self.folder / "made", self.folder / "idps.csv")
        text = (self.folder / "made/datapackage.json").read_text(encoding="utf-8")
        self.assertNotIn("gazetteer", text)

    def test_two_lists_are_refused(self):
        package = self.package([self.row("XX01", "XX0101")])
        document = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
        document["resources"].append({"name": "more", "path": "places.csv", "mtm": {"gazetteer": "pcodes"}})
        (package / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
        self.assertIn("a second list of places", run("check", package).stdout)


if __name__ == "__main__":
    unittest.main()
