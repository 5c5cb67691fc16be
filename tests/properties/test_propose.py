"""mtm check --propose: putting a proposed line into the package gives every figure that the line is said to restore."""
import json
import pathlib
import random
import subprocess
import tempfile
import unittest

from packages import PROGRAM, long_fields, package, rows_long, rows_wide, wide_fields
from test_coverage_cases import monthly


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments), "-q"], capture_output=True, text=True, timeout=120)
    return done


def propose(path, *more):
    done = run("check", "--propose", path, "-f", "json", *more)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


def figures(folder, period):
    """{(indicator, value or comparison): whether it is there}"""
    done = run("report", folder, "-f", "json", "--period", period)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    found = {}

    def walk(node):
        if isinstance(node, dict):
            if "comparisons" in node and "id" in node:
                found[node["id"], "value"] = node["value"] is not None
                for comparison in node["comparisons"]:
                    found[node["id"], comparison["with"]] = comparison["percent"] is not None
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(json.loads(done.stdout))
    return found


def merge(target, patch):
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            target[key].update(value)
        else:
            target[key] = value


def with_lines(folder, patches):
    """Puts {index of the resource: properties} into datapackage.json; gives what it was."""
    path = pathlib.Path(folder, "datapackage.json")
    before = path.read_text(encoding="utf-8")
    document = json.loads(before)
    for resource, patch in patches:
        merge(document["resources"][resource]["mtm"], patch)
    path.write_text(json.dumps(document), encoding="utf-8")
    return before


class Proposals(unittest.TestCase):
    def hold(self, folder, period, *more):
        """Every line restores what it says; gives the proposal."""
        found = propose(folder, "--period", period, *more)
        before = {} if found["unread"] else None
        chosen = []
        for proposal in found["proposals"]:
            resource = int(proposal["under"].split("[")[1].split("]")[0])
            for line in proposal["lines"]:
                text = with_lines(folder, chosen + [(resource, line["add"])])
                there = figures(folder, period)
                for number in line["restores"]:
                    self.assertTrue(there[number["indicator"], number["of"]], (line, number))
                pathlib.Path(folder, "datapackage.json").write_text(text, encoding="utf-8")
            chosen.append((resource, proposal["lines"][0]["add"]))
        text = with_lines(folder, chosen)
        there = figures(folder, period)
        for proposal in found["proposals"]:
            for number in proposal["lines"][0]["restores"]:
                self.assertTrue(there[number["indicator"], number["of"]], number)
        for number in found["unrestored"]:
            self.assertFalse(there[number["indicator"], number["of"]], number)
        again = propose(folder, "--period", period)
        # values that came back are compared, which may be refused in turn
        self.assertNotIn("value", [n["of"] for p in again["proposals"] for line in p["lines"] for n in line["restores"]])
        pathlib.Path(folder, "datapackage.json").write_text(text, encoding="utf-8")
        return found

    def of_table(self, figures_, period, lines=None, fields=None, form="long", **properties):
        with tempfile.TemporaryDirectory() as folder:
            rows = lines or (rows_long(figures_) if form == "long" else rows_wide(figures_))
            package(folder, {"arrivals": (rows, properties,
                                          fields or (long_fields() if form == "long" else wide_fields(figures_)))})
            return self.hold(folder, period)

    def lines_of(self, found):
        return [line["add"] for proposal in found["proposals"] for line in proposal["lines"]]

    def test_absent_rows(self):
        for form in ("long", "wide"):
            table = monthly({"UZB": 100, "KGZ": 200, "RUS": 150, "CHN": 120})
            table["2024-06", "RUS"] = None
            found = self.of_table(table, "2024-06", form=form)
            self.assertEqual(self.lines_of(found), [{"incomplete": "as-covered"}, {"absent": "zero"}])
            restored = {n["indicator"] for n in found["proposals"][0]["lines"][0]["restores"]}
            self.assertEqual(restored, {"arrivals", "arrivals-by-origin", "arrivals-outside-cis"})
            evidence = found["proposals"][0]["evidence"]
            self.assertIn("no row for 1 of 4 entries in 2024-06: Russia", evidence[0]["text"])
            self.assertEqual(evidence[0]["file"], "arrivals.csv")
            self.assertGreater(evidence[0]["line"], 1)
            # what lacks another table is not restored, and says so
            self.assertEqual([(n["indicator"], n.get("then")) for n in found["unrestored"]], [("net-crossings", "no-data")])

    def test_a_table_that_prints_zeros(self):
        table = monthly({"UZB": 1000, "RUS": 3, "CHN": 0})
        table["2024-06", "RUS"] = None
        found = self.of_table(table, "2024-06")
        self.assertIn("prints 30 zeros", json.dumps(found["proposals"][0]["evidence"]))

    def test_a_new_country(self):
        table = monthly({"UZB": 1000, "RUS": 300})
        table["2024-06", "CHN"] = 200
        found = self.of_table(table, "2024-06")
        self.assertEqual(self.lines_of(found), [{"absent": "zero"}])
        self.assertIn(("arrivals", "previous-period"), [(n["indicator"], n["of"])
                                                        for n in found["proposals"][0]["lines"][0]["restores"]])
        self.assertIn("China", json.dumps(found["proposals"][0]["evidence"]))

    def test_parts_without_a_total(self):
        found = self.of_table(monthly({"UZB": 1000}), "2024-06")
        self.assertEqual(self.lines_of(found), [{"frame": {"citizenship": "closed"}}])
        # declared to be a selection: nobody is asked to contradict it
        found = self.of_table(monthly({"UZB": 1000, "RUS": 7}), "2024-06", partsAreSelection=["citizenship"])
        self.assertEqual(found["proposals"], [])
        self.assertTrue(found["unrestored"])

    def test_a_member_of_the_frame_without_a_row(self):
        table = monthly({"UZB": 1000, "RUS": 7})
        found = self.of_table(table, "2024-06", frame={"citizenship": ["UZB", "RUS", "KGZ"]})
        self.assertEqual(self.lines_of(found)[0], {"incomplete": "as-covered"})

    def test_rows_that_may_be_the_total(self):
        for label in ("-", "ECS", "Jumlah", ""):
            lines = ["period,citizenship,value", f"2024-06,{label},26", "2024-06,UZB,20", "2024-06,RUS,6"]
            if label == "Jumlah":
                lines = lines[:2] + ["2024-06,UZB,20", "2024-06,RUS,6"]
            found = self.of_table(None, "2024-06", lines=lines)
            adds = self.lines_of(found)
            self.assertIn({"aliases": {label: "_T"}}, adds, label)
            self.assertIn({"aliases": {label: "_U"}}, adds, label)
            self.assertIn("26", json.dumps(found["proposals"][0]["evidence"]))

    def test_a_group_beside_one_of_its_members(self):
        lines = ["period,citizenship,value", "2024-06,CIS,7", "2024-06,UZB,4", "2024-06,other countries,3"]
        found = self.of_table(None, "2024-06", lines=lines)
        self.assertEqual(self.lines_of(found), [{"aliases": {"CIS": "_T"}}])

    def test_two_lines_together(self):
        table = {(f"2024-{month:02}", "UZB"): 100 for month in range(1, 7)}
        lines = rows_long(table)
        found = self.of_table(None, "2024-Q2", lines=lines)
        self.assertEqual(self.lines_of(found), [{"frame": {"citizenship": "closed"}}])

    def test_units(self):
        def of_money(header, **properties):
            with tempfile.TemporaryDirectory() as folder:
                lines = [f"period,country,{header}"] + [f"2024-{q},UZB,5\n2024-{q},Total,5" for q in ("Q1", "Q2")]
                package(folder, {"arrivals": (lines, {"concept": "remittances", "dimensions": {"direction": "OUT"},
                                                      **properties}, None)})
                found = propose(folder, "--period", "2024-Q2")
                if found["proposals"]:
                    self.hold(folder, "2024-Q2")
                return found

        found = of_money('"remittances, USD"', unit="KZT")
        self.assertEqual(self.lines_of(found), [{"unit": "USD"}])
        self.assertEqual((found["proposals"][0]["evidence"][0]["file"], found["proposals"][0]["evidence"][0]["line"]),
                         ("arrivals.csv", 1))
        found = of_money("million USD", unit="USD", multiplier=0)
        self.assertEqual(self.lines_of(found), [{"multiplier": 6}])
        # nothing says one unit
        found = of_money("value", unit=None)
        self.assertEqual(found["proposals"], [])
        self.assertEqual(len(found["unread"]), 1)

    def test_confidential_tables_name_nobody(self):
        table = monthly({"UZB": 100, "KGZ": 200, "RUS": 150})
        table["2024-06", "RUS"] = None
        found = self.of_table(table, "2024-06", confidential=True)
        self.assertNotIn("Russia", json.dumps(found))
        self.assertEqual(self.lines_of(found)[0], {"incomplete": "as-covered"})

    def test_nothing_to_propose(self):
        found = self.of_table(monthly({"UZB": 100, "KGZ": 200}), "2024-06")
        self.assertEqual((found["proposals"], found["unread"]), ([], []))

    def test_a_file_and_no_period(self):
        table = monthly({"UZB": 100, "KGZ": 200, "RUS": 150})
        table["2024-06", "RUS"] = None
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "border-crossings-arrivals.csv")
            path.write_text("\n".join(rows_long(table)) + "\n")
            found = propose(path, "--country", "KAZ") if False else propose(path)
            self.assertEqual(found["file"], "datapackage.json")

    def test_wrong_use(self):
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {"arrivals": (rows_long(monthly({"UZB": 1})), {}, long_fields())})
            for arguments in (("check", folder, "--period", "2024-06"), ("check", folder, "--propose", "-f", "csv"),
                              ("check", folder, "--propose", "--rejects", pathlib.Path(folder, "r.csv"))):
                self.assertEqual(run(*arguments).returncode, 2, arguments)
            self.assertEqual(run("check", "--propose", pathlib.Path(folder, "none")).returncode, 1)

    def test_random_packages(self):
        draw = random.Random(7)
        for _ in range(15):
            table = monthly({code: draw.choice((3, 40, 500)) for code in draw.sample(["UZB", "RUS", "KGZ", "CHN", "TUR"], 4)})
            for key in draw.sample(sorted(table), 12):
                table[key] = None
            month = draw.choice(["2024-06", "2024-05", "2023-12"])
            found = self.of_table(table, month, form=draw.choice(("long", "wide")))
            for number in found["unrestored"]:
                self.assertIn(number["indicator"], ("net-crossings",))

    def test_territories_that_a_source_keeps(self):
        fields = [{"name": "period", "mtm": {"role": "period"}}, {"name": "region", "mtm": {"role": "dimension", "dimension": "region"}},
                  {"name": "value", "mtm": {"role": "value"}}]
        lines = ["period,region,value"] + [f"{y}-{m:02},{r},{v}" for y in (2021, 2022) for m in range(1, 13)
                                           for r, v in (("KZ11", 100), ("KZ63", 500), ("KZ19", 400))]
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {"moves": (lines, {"concept": "migration", "unit": "persons"}, fields)})
            found = self.hold(folder, "2022-Q3")
            self.assertEqual([line["add"] for proposal in found["proposals"] for line in proposal["lines"]][:1],
                             [{"frame": {"region": "closed"}}])
            self.assertEqual(found["unrestored"], [])

    def test_areas_that_a_round_lacks(self):
        fields = [{"name": "date", "mtm": {"role": "period"}},
                  {"name": "province", "mtm": {"role": "dimension", "dimension": "province", "codelist": "none"}},
                  {"name": "value", "mtm": {"role": "value"}}]
        lines = ["date,province,value"] + [f"2024-0{m}-1{i},P{i},{10 * m + i}" for m in (4, 5) for i in range(6) if (m, i) != (5, 2)]
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {"t": (lines, {"concept": "population", "kind": "stock", "unit": "persons", "dimensions": {}}, fields)})
            found = self.hold(folder, "2024-05")
            self.assertIn({"stockDates": "last-known"}, [line["add"] for proposal in found["proposals"] for line in proposal["lines"]])


if __name__ == "__main__":
    unittest.main()
