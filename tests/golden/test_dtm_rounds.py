"""Rounds of mobility tracking through the command line: every answer about rounds of dtm/made-expected.tsv, which was computed
apart from the library; and what must hold of any rounds."""
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build")) / "examples/mtm/mtm"
DATA = SOURCE / "tests/golden/dtm"
FILE = "made-mobility-tracking.csv"
COUNTRYWIDE = "Countrywide monitoring"
HEADER = ["operation", "admin0Pcode", "admin1Name", "admin1Pcode", "admin2Name", "admin2Pcode", "adminLevel", "numPresentIdpInd",
          "reportingDate", "roundNumber", "displacementReason", "assessmentType"]


def write_package(folder, files, **mtm):
    """A package of one resource a file; mtm stands under each of them."""
    resources = []
    for number, (name, text) in enumerate(files.items()):
        (folder / name).write_text(text, encoding="utf-8")
        resources.append({"name": f"rounds-{number}", "path": name, "mtm": {"concept": "displacement", "publisher": "IOM", **mtm}})
    (folder / "datapackage.json").write_text(json.dumps({"name": "rounds", "resources": resources}), encoding="utf-8")


def compute(folder, indicator, period):
    out = subprocess.run([PROGRAM, "compute", folder, indicator, "--period", period, "--top", "all", "--format", "json"],
                         check=False, capture_output=True, text=True)
    assert out.returncode in (0, 1), out.stderr
    return json.loads(out.stdout)


def rows_of(result):
    return {row["code"]: row["value"] for row in result["breakdown"]["rows"]} if result["breakdown"] else {}


def answers():
    with open(DATA / "made-expected.tsv", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["file"] == FILE]


@unittest.skipUnless(PROGRAM.exists(), "the program is not built")
class Package(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)


class Expected(Package):
    def made(self, **mtm):
        write_package(self.folder, {FILE: (DATA / FILE).read_text(encoding="utf-8")}, **mtm)

    def test_every_row_is_looked_at(self):
        kinds = [re.match(r"stock:|stock of|change|reason", row["question"]) for row in answers()]
        self.assertEqual(len(kinds), 15)
        self.assertTrue(all(kinds))

    def test_stocks_by_round_and_type(self):
        seen = 0
        for row in answers():
            asked = re.match(r"stock: (.*), round (\d+), ([\d-]+), (\w+); areas$", row["question"])
            if asked is None:
                continue
            value, areas = row["answer"].split("; ")
            operation, number, date, kind = asked.groups()
            self.made(prefer={"operation": operation, "assessment-type": kind})
            found = compute(self.folder, "idps", f"{date}/{date}")
            here = [code for code, figure in rows_of(found).items() if figure is not None]
            self.assertEqual((found["value"], sorted(here)), (value, areas.split()), row["question"])
            self.assertEqual(compute(self.folder, "areas-assessed", f"{date}/{date}")["value"], str(len(here)))
            self.assertIn(f"Round {number} of “{operation}”", " ".join(found["notes"]))
            seen += 1
        self.assertEqual(seen, 8)

    def test_changes_from_round_to_round(self):
        dates = {"1": "2023-09-30", "2": "2023-12-31", "3": "2024-03-31", "4": "2024-05-31", "5": "2024-08-31"}
        self.made(prefer={"operation": COUNTRYWIDE})
        seen = 0
        for row in answers():
            asked = re.match(r"change round (\d) -> (\d)", row["question"])
            if asked is None:
                continue
            said = re.match(r"coverage-differs; in ([\w ]+): (-?[\d.]+) % \((\d+) -> (\d+)\)", row["answer"])
            gone, fresh = re.match(r"only before: (.*); only after: (.*)", row["note"]).groups()
            after = dates[asked.group(2)]
            found = compute(self.folder, "idps", f"{after}/{after}")
            previous = found["comparisons"][0]
            like = previous["like_for_like"]
            self.assertEqual((previous["period"], previous["reason"], previous["percent"]), (dates[asked.group(1)], "extent-differs", None))
            self.assertEqual((like["percent"], like["base"], like["value"], like["common"]),
                             (said.group(2), said.group(3), said.group(4), len(said.group(1).split())), row["question"])
            parts = rows_of(compute(self.folder, "idps-change", f"{after}/{after}"))
            self.assertEqual(int(parts["COMMON"]), int(said.group(4)) - int(said.group(3)))
            self.assertEqual((parts["FRESH"] != "0", parts["GONE"] != "0"), (fresh != "none", gone != "none"))
            seen += 1
        self.assertEqual(seen, 4)

    def test_types_that_agree_are_one(self):
        self.made(prefer={"operation": COUNTRYWIDE})
        wanted = next(row["answer"] for row in answers() if row["question"] == "stock of Countrywide monitoring, round 3")
        self.assertEqual(compute(self.folder, "idps", "2024-Q1")["value"], wanted)

    def test_operations_stand_side_by_side(self):
        self.made()
        found = compute(self.folder, "idps", "2024-Q2")
        self.assertEqual((found["value"], found["reason"]), (None, "ambiguous-source"))
        self.assertEqual([(row["label"], row["value"]) for row in found["breakdown"]["rows"]],
                         [("Countrywide monitoring, Baseline assessment, round 4", "65033"), ("Flood (May 2024), Site assessment, round 2", "2204")])

    def test_households_and_days(self):
        rows = ["operation,admin1Pcode,admin1Name,roundNumber,reportingDate,numPresentIdpInd,numPresentIdpHh",
                "Op,XX01,North,1,2024-01-31,100,20", "Op,XX01,North,2,2024-04-30,90,20", "Op,XX02,South,2,2024-04-30,33,10"]
        write_package(self.folder, {"r.csv": "\n".join(rows) + "\n"})
        self.assertEqual(compute(self.folder, "idps-household-size", "2024-Q2")["value"], "4.10")
        self.assertEqual(compute(self.folder, "days-between-rounds", "2024-Q2")["value"], "90")
        self.assertEqual(compute(self.folder, "days-between-rounds", "2024-Q1")["reason"], "base-missing")
        write_package(self.folder, {"r.csv": "\n".join([*rows[:3], "Op,XX02,South,2,2024-04-30,33,"]) + "\n"})
        self.assertEqual(compute(self.folder, "idps-household-size", "2024-Q2")["reason"], "extent-differs")

    def test_letter_case_makes_no_reason(self):
        self.made(prefer={"operation": COUNTRYWIDE})
        found = compute(self.folder, "idps-by-reason", "2023-Q4")
        self.assertEqual(sorted(rows_of(found)), ["CONFLICT", "CONFLICT; DISASTER", "DISASTER"])
        self.assertEqual(sum(map(int, rows_of(found).values())), int(found["value"]))


class Invariants(Package):
    """Whatever the figures are."""

    def rounds(self, draw, n):
        """Rows of n rounds of some of six areas, each with two to four places, at all three levels; and the true figures."""
        rows, truth = [], []
        for number in range(1, n + 1):
            date = f"{2020 + number // 4}-{3 * (number % 4) + 1:02d}-15"
            areas = {f"XX{area:02d}": {f"XX{area:02d}{place:02d}": draw.randrange(0, 5000) for place in range(1, draw.randrange(3, 6))}
                     for area in sorted(draw.sample(range(1, 7), draw.randrange(2, 7)))}
            total = sum(sum(places.values()) for places in areas.values())
            lines = [("", "", 0, total)]
            for area, places in areas.items():
                lines.append((area, "", 1, sum(places.values())))
                lines += [(area, place, 2, figure) for place, figure in places.items()]
            rows += [[COUNTRYWIDE, "XXX", a and "A " + a, a, p and "P " + p, p, level, figure, date, number, "Conflict", "BA"]
                     for a, p, level, figure in lines]
            truth.append((date, total, areas))
        return rows, truth

    def text(self, rows):
        return "\n".join(",".join(map(str, row)) for row in [HEADER, *rows]) + "\n"

    def test_levels_are_one_tree_and_rounds_are_never_added(self):
        draw = random.Random(7)
        for _ in range(6):
            rows, truth = self.rounds(draw, 3)
            draw.shuffle(rows)
            for levels in ((0, 1, 2), (1, 2), (2,), (0, 1)):
                write_package(self.folder, {"r.csv": self.text([row for row in rows if row[6] in levels])})
                date, total, areas = draw.choice(truth)
                found = compute(self.folder, "idps", f"{date}/{date}")
                here = {code: int(value) for code, value in rows_of(found).items() if value is not None}
                self.assertEqual(found["value"], str(total), levels)
                self.assertEqual(here, {area: sum(places.values()) for area, places in areas.items()}, levels)
                self.assertEqual(len(found["series"]), 1 + [one[0] for one in truth].index(date))
                if 2 in levels:
                    second = rows_of(compute(self.folder, "idps-by-admin2", f"{date}/{date}"))
                    self.assertEqual(sum(int(value) for value in second.values() if value is not None), total)

    def test_one_file_a_round_or_a_level_is_as_good_as_one_file(self):
        draw = random.Random(11)
        rows, truth = self.rounds(draw, 3)
        date, total, _ = truth[-1]
        whole, parts = None, []
        for key in (lambda row: 0, lambda row: row[9], lambda row: row[6]):
            for old in self.folder.glob("*.csv"):
                old.unlink()
            files = {}
            for row in rows:
                files.setdefault(f"part-{key(row)}.csv", []).append(row)
            write_package(self.folder, {name: self.text(some) for name, some in files.items()})
            found = compute(self.folder, "idps", f"{date}/{date}")
            parts.append((found["value"], rows_of(found), found["series"], found["comparisons"]))
            whole = whole or parts[0]
        self.assertEqual(whole[0], str(total))
        self.assertEqual(parts, [whole] * 3)

    def test_areas_of_one_frame_are_compared_as_they_are(self):
        rows, truth = self.rounds(random.Random(3), 1)
        later = [[*row[:7], int(row[7]) * 2, "2021-03-31", 2, *row[10:]] for row in rows]
        write_package(self.folder, {"r.csv": self.text(rows + later)})
        previous = compute(self.folder, "idps", "2021-Q1")["comparisons"][0]
        self.assertEqual((previous["base"], previous["percent"], previous["reason"]), (str(truth[0][1]), "100.0", None))
        self.assertNotIn("like_for_like", previous)

    def test_districts_that_a_round_lacks_are_no_change_of_people(self):
        """Both rounds have both provinces, and the second lacks a district of one; where it has the province whole, it compares."""
        head = "admin1Name,admin1Pcode,admin2Name,admin2Pcode,numPresentIdpInd,reportingDate,roundNumber\n"
        first = ("North,XX01,Port,XX0101,120,2024-03-31,1\nNorth,XX01,Hill,XX0102,80,2024-03-31,1\n"
                 "South,XX02,Lake,XX0201,300,2024-03-31,1\n")
        write_package(self.folder, {"rounds.csv": head + first + "North,XX01,Port,XX0101,140,2024-06-30,2\n"
                                                                "South,XX02,Lake,XX0201,310,2024-06-30,2\n"})
        found = compute(self.folder, "idps", "2024-Q2")
        previous = found["comparisons"][0]
        self.assertEqual((found["value"], previous["percent"], previous["reason"]), ("450", None, "extent-differs"))
        self.assertIn('"420"', json.dumps(previous))
        self.assertIn('"7.1"', json.dumps(previous))
        self.assertEqual(rows_of(compute(self.folder, "idps-change", "2024-Q2")), {"COMMON": "30", "FRESH": "0", "GONE": "-80"})
        write_package(self.folder, {"rounds.csv": head + first + "North,XX01,,,220,2024-06-30,2\nSouth,XX02,Lake,XX0201,310,2024-06-30,2\n"})
        self.assertEqual(compute(self.folder, "idps", "2024-Q2")["comparisons"][0]["percent"], "6.0")
        self.assertEqual(rows_of(compute(self.folder, "idps-change", "2024-Q2")), {"COMMON": "30", "FRESH": "0", "GONE": "0"})

    def test_rounds_of_another_country_are_none_of_this_one(self):
        head = "admin0Pcode,admin1Pcode,numPresentIdpInd,reportingDate,roundNumber\n"
        for code, wanted in (("HTI", None), ("KAZ", "30"), ("XXX", "30")):
            write_package(self.folder, {"rounds.csv": head + f"{code},A1,10,2024-06-30,2\n{code},A2,20,2024-06-30,2\n"})
            path = self.folder / "datapackage.json"
            about = json.loads(path.read_text(encoding="utf-8"))
            path.write_text(json.dumps({**about, "mtm": {"country": "KAZ"}}), encoding="utf-8")
            self.assertEqual(compute(self.folder, "idps", "2024-Q2")["value"], wanted, code)

    def test_two_types_that_differ_are_not_added(self):
        rows, _ = self.rounds(random.Random(5), 1)
        other = [[*row[:7], int(row[7]) + 1, *row[8:11], "SA"] for row in rows]
        write_package(self.folder, {"r.csv": self.text(rows + other)})
        found = compute(self.folder, "idps", rows[0][8] + "/" + rows[0][8])
        self.assertEqual((found["value"], found["reason"], len(found["breakdown"]["rows"])), (None, "ambiguous-source", 2))

    def test_days_of_interviews_are_one_round(self):
        rows = [[COUNTRYWIDE, "XXX", f"A {n}", f"XX{n:02d}", "", "", 1, 100 * n, f"2022-03-{10 + n}", 4, "Conflict", "BA"] for n in range(1, 9)]
        write_package(self.folder, {"r.csv": self.text(rows)})
        found = compute(self.folder, "idps", "2022-Q1")
        self.assertEqual((found["value"], found["observed"]), ("3600", "2022-03-18"))


def program(*arguments):
    return subprocess.run([PROGRAM, *arguments], check=False, capture_output=True, text=True)


HAPI = """\
location_code,has_hrp,in_gho,provider_admin1_name,provider_admin2_name,admin1_code,admin1_name,admin2_code,admin2_name,admin_level,\
operation,assessment_type,population,reporting_round,reference_period_start,reference_period_end,dataset_hdx_id,resource_hdx_id,\
warning,error
TCD,TRUE,TRUE,,,,,,,0,Crisis,BA,300,7,2024-03-01T00:00:00,2024-03-31T23:59:59,a,b,,
TCD,TRUE,TRUE,Lac,,TD07,Lac,,,1,Crisis,BA,200,7,2024-03-01T00:00:00,2024-03-31T23:59:59,a,b,,
TCD,TRUE,TRUE,Kanem,,TD06,Kanem,,,1,Crisis,BA,100,7,2024-03-01T00:00:00,2024-03-31T23:59:59,a,b,,
TCD,TRUE,TRUE,Lac,Bol,TD07,Lac,TD0701,Bol,2,Crisis,BA,150,7,2024-03-01T00:00:00,2024-03-31T23:59:59,a,b,,
TCD,TRUE,TRUE,Lac,Elsewhere,TD07,Lac,,,2,Crisis,BA,50,7,2024-03-01T00:00:00,2024-03-31T23:59:59,a,b,no code,
TCD,TRUE,TRUE,Kanem,Mao,TD06,Kanem,TD0601,Mao,2,Crisis,BA,100,7,2024-03-01T00:00:00,2024-03-31T23:59:59,a,b,,
"""


class Shapes(Package):
    """Files as they come, by init alone. The shapes are those of real files, the figures are made."""

    def proposed(self, name, text, indicator="idps"):
        (self.folder / name).write_text(text, encoding="utf-8")
        package = self.folder / "package"
        done = program("init", package, self.folder / name)
        self.assertEqual(done.returncode, 0, done.stderr)
        resource = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
        self.assertEqual(resource["mtm"].get("concept"), "displacement", resource["mtm"])
        return json.loads(program("compute", package, indicator, "--top", "all", "--format", "json").stdout)

    def test_hxl_in_the_second_row(self):
        found = self.proposed("dtm.csv", (DATA / FILE).read_text(encoding="utf-8"))
        self.assertEqual((found["value"], found["observed"], found["extent"]["absent_names"]), ("56314", "2024-08-31", "Hills"))

    def test_records_of_the_api(self):
        with open(DATA / FILE, encoding="utf-8") as file:
            rows = list(csv.reader(file))
        numbers = {"id", "numPresentIdpInd", "adminLevel", "roundNumber", "numberMales", "numberFemales"}
        records = [{name: (int(cell) if name in numbers and cell else cell) or (0 if name == "adminLevel" else None)
                    for name, cell in zip(rows[0], row)} for row in rows[2:]]
        text = json.dumps({"result": records, "statusCode": 200, "isSuccess": True, "errorMessages": [], "totalRecordsCount": len(records)})
        found = self.proposed("dtm.json", text)
        self.assertEqual((found["value"], found["observed"]), ("56314", "2024-08-31"))

    def test_copies_with_nan_and_points(self):
        with open(DATA / FILE, encoding="utf-8") as file:
            rows = list(csv.reader(file))
        copy = [[cell if cell else "nan" for cell in row] for row in rows[:1] + rows[2:]]
        for row in copy[1:]:
            for name in ("numPresentIdpInd", "roundNumber", "adminLevel"):
                row[rows[0].index(name)] += ".0"
        found = self.proposed("copy.csv", "\n".join(",".join(row) for row in copy) + "\n")
        self.assertEqual((found["value"], [row["label"] for row in found["breakdown"]["rows"]]), ("56314", ["North", "Coast", "South", "Hills"]))

    def test_hapi(self):
        found = self.proposed("hapi.csv", "\ufeff" + HAPI)
        self.assertEqual((found["value"], found["observed"], rows_of(found)), ("300", "2024-03-31", {"TD07": "200", "TD06": "100"}))
        second = json.loads(program("compute", self.folder / "package", "idps-by-admin2", "--format", "json").stdout)
        self.assertEqual(rows_of(second), {"TD0701": "150", "TD0601": "100", "Elsewhere": "50"})

    def test_country_baseline_of_two_dates_and_an_address(self):
        lines = ["Country,Country Code,Oblast pcode,Source,Oblast,Raion pcode,Raion,Municipality pcode,Municipality Name,"
                 "Displacement since Start of Conflict,Date of Interview,Snapshot_Date,,,,https://example.org/baseline"]
        lines += [f"Ukraine,UA,UA05,IOM,Vinnytska,UA05{i % 3:02d},Raion {i % 3},UA05{i % 3:02d}{i:03d},Town {i},{100 + i},2022-07-{10 + i % 11},"
                  "2022-07-25,,,," for i in range(30)]
        found = self.proposed("baseline.csv", "\n".join(lines) + "\n")
        self.assertEqual((found["value"], found["observed"], rows_of(found)), ("3435", "2022-07-25", {"UA05": "3435"}))
        self.assertEqual(found["breakdown"]["rows"][0]["label"], "Vinnytska")

    def test_stocks_at_the_end_of_a_year_by_population(self):
        name = "unhcr-yearend-stocks.csv"
        text = (DATA / name).read_text(encoding="utf-8")
        self.proposed(name, text)
        package = self.folder / "package/datapackage.json"
        document = json.loads(package.read_text(encoding="utf-8"))
        document["mtm"]["country"] = "UKR"
        package.write_text(json.dumps(document), encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            if row["group"] == "idp" and row["geo"] == "UKR":
                found = compute(self.folder / "package", "idps", row["t"])
                self.assertEqual((found["value"], found["observed"]), (row["n"], row["t"] + "-12-31"))

    def test_boys_are_no_second_figure_of_men(self):
        name = "honduras-arrivals-by-sex-age.csv"
        with open(DATA / name, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        said = program("check", "-f", "json", DATA / name)
        column = next(one for one in json.loads(said.stdout)["columns"] if one["name"] == "n")
        self.assertEqual((column["sum"], column["values"]), (str(sum(int(row["n"]) for row in rows)), len(rows)))

    def test_returnees_and_households_beside_displaced(self):
        text = ("admin1Pcode,admin1Name,reportingDate,roundNumber,IDP individuals,IDP households,Returnee individuals,Returnee households\n"
                "XX01,North,2024-02-01,3,600,120,150,30\nXX02,South,2024-02-01,3,400,80,350,70\n")
        self.assertEqual(self.proposed("returns.csv", text)["value"], "1000")
        answers = {one: json.loads(program("compute", self.folder / "package", one, "--format", "json").stdout)["value"]
                   for one in ("idps-households", "returnees", "returns-rate", "areas-assessed")}
        self.assertEqual(answers, {"idps-households": "200", "returnees": "500", "returns-rate": "33.3", "areas-assessed": "2"})

    def test_a_row_whose_codes_and_level_disagree_is_refused(self):
        write_package(self.folder, {"r.csv": ",".join(HEADER) + "\nOp,XXX,North,XX01,Port,XX0101,1,5,2024-01-01,1,Conflict,BA\n"
                                             "Op,XXX,South,XX02,,,2,6,2024-01-01,1,Conflict,BA\nOp,XXX,South,XX02,,,1,7,2024-01-01,1,Conflict,BA\n"})
        said = program("check", self.folder / "r.csv").stdout
        self.assertEqual(re.findall(r"r\.csv:(\d+):\d+: error\[MTM-E170\]", said), ["2", "3"])


class Report(Package):
    def test_a_report_of_rounds_speaks_of_rounds_alone(self):
        write_package(self.folder, {FILE: (DATA / FILE).read_text(encoding="utf-8")}, prefer={"operation": COUNTRYWIDE})
        for language, title, gone in (("en", "Displacement Report", "no longer assessed"), ("ru", "Обзор перемещений", "больше не обследуется"),
                                      ("kk", "қоныс аударуына шолу", "енді бағаланбайды")):
            text = re.sub(r"\s+", " ", program("report", self.folder, "--period", "2024-Q3", "-l", language).stdout)
            self.assertIn(title, text[:60])
            self.assertIn(gone, text)
            for other in ("Border crossings", "Пересечения границы", "Шекараны кесіп", "Kandas", "Mobility Tracking Matrix"):
                self.assertNotIn(other, text)

    def test_places_below_the_published_level_are_counted_and_not_named(self):
        """Where a source has only places of level 3, the one that a round lacks is one of four, whatever its name."""
        head = "admin3Name,admin3Pcode,numPresentIdpInd,reportingDate,roundNumber\n"
        first = "Quay,XX010101,120,2024-03-31,1\nMole,XX010102,80,2024-03-31,1\nShore,XX020101,300,2024-03-31,1\n"
        later = "Quay,XX010101,140,2024-06-30,2\nShore,XX020101,310,2024-06-30,2\nBrand,XX020102,9,2024-06-30,2\n"
        for level in (1, 2):
            write_package(self.folder, {"rounds.csv": head + first + later}, publish={"level": level})
            for form in ("text", "html", "json", "markdown", "csv"):
                for language in ("en", "ru", "kk"):
                    out = program("report", self.folder, "--period", "2024-Q2", "-f", form, "--language", language).stdout
                    self.assertNotRegex(out, r"Mole|Quay|Shore|Brand|XX0[12]\d{4}", (level, form))
            self.assertEqual(compute(self.folder, "idps", "2024-Q2")["value"], "459")

    def test_deepest_level_that_is_published(self):
        write_package(self.folder, {FILE: (DATA / FILE).read_text(encoding="utf-8")}, prefer={"operation": COUNTRYWIDE}, publish={"level": 1})
        found = compute(self.folder, "idps-by-admin2", "2024-Q3")
        self.assertEqual((found["breakdown"]["reason"], found["breakdown"]["rows"]), ("suppressed", []))
        self.assertNotIn("North Rural", program("report", self.folder, "--period", "2024-Q3").stdout)


@unittest.skipUnless(PROGRAM.exists(), "the program is not built")
class Example(unittest.TestCase):
    """examples/examplia-round-7, of which docs/mobility.md speaks: its figures again, from the file."""

    PACKAGE = SOURCE / "examples/examplia-round-7"

    def figures(self, number, column="numPresentIdpInd"):
        with open(self.PACKAGE / "mobility-tracking.csv", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["roundNumber"] == str(number)]
        areas = {}
        for row in rows:
            areas[row["admin1Pcode"]] = areas.get(row["admin1Pcode"], 0) + int(row[column])
        return areas

    def test_figures_of_the_page(self):
        now, before = self.figures(7), self.figures(6)
        common = now.keys() & before.keys()
        found = compute(self.PACKAGE, "idps", "2024-Q4")
        like = found["comparisons"][0]["like_for_like"]
        self.assertEqual((int(found["value"]), int(like["value"]), int(like["base"])),
                         (sum(now.values()), sum(now[a] for a in common), sum(before[a] for a in common)))
        parts = {code: int(value) for code, value in rows_of(compute(self.PACKAGE, "idps-change", "2024-Q4")).items()}
        self.assertEqual(sum(parts.values()), sum(now.values()) - sum(before.values()))
        back = sum(self.figures(7, "numPresentReturneeInd").values())
        rate = compute(self.PACKAGE, "returns-rate", "2024-Q4")["value"]
        self.assertAlmostEqual(float(rate), 100 * back / (back + sum(now.values())), delta=0.05)
        page = (SOURCE / "docs/mobility.md").read_text(encoding="utf-8")
        for figure in (sum(now.values()), sum(before.values()), int(like["value"]), parts["COMMON"], parts["FRESH"]):
            self.assertIn(f"{figure:,}", page)
        self.assertIn(f"{rate} %", page)

    def test_report_in_three_languages(self):
        for language, word in (("en", "Examplia: displacement, round 7"), ("ru", "раунд 7"), ("kk", "7-раунд")):
            done = program("report", self.PACKAGE, "-l", language)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(word, done.stdout)
            self.assertNotIn("1970", done.stdout)  # rounds are dated by their own days
            self.assertEqual(language == "en", "areas" in done.stdout)  # units have words in each language
            page = program("report", self.PACKAGE, "-l", language, "-f", "html").stdout
            self.assertNotIn(". , ", page)  # Examplia is no country of the lists
            keys = re.findall(r'class="figure">([^<]+)', page)
            self.assertEqual(re.sub(r"\D", "", keys[0]), str(sum(self.figures(7).values())))

    def test_needs_are_shares_of_locations(self):
        found = compute(self.PACKAGE, "top-needs-locations", "2024-Q4")
        self.assertEqual((found["value"], found["unit"]), ("164", "locations"))
        self.assertEqual([(row["code"], row["value"], row["share"]) for row in found["breakdown"]["rows"]][:1], [("Shelter", "103", "62.8")])


if __name__ == "__main__":
    unittest.main()
