"""Maps: classes, hatching, what is withheld, lines, keys, texts and tables, from GeoJSON and TopoJSON; and boundaries that are
none."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import program
import statements
from made_areas import COUNTRIES, geojson, topojson

LANGUAGES = ("en", "ru", "kk")
DISCLAIMER = {"en": "do not imply official endorsement", "ru": "не означают официального", "kk": "ресми мақұлдауды"}
PROJECTION = {"en": "equal-area projection", "ru": "Равновеликая", "kk": "тең көлемді"}


class Maps(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def package(self, tables=None, boundaries=None, of="country", code="code", path="areas.json", **resource):
        """A package, with boundaries where there are any: JSON, or text as it stands."""
        statements.write(self.folder, tables if tables is not None else statements.tables())
        if boundaries is not None:
            text = boundaries if isinstance(boundaries, str) else json.dumps(boundaries)
            (self.folder / "areas.json").write_text(text, encoding="utf-8")
            descriptor = self.folder / "datapackage.json"
            document = json.loads(descriptor.read_text(encoding="utf-8"))
            document["resources"].append({"name": "areas", "path": path, "sources": [{"title": "Made-up <atlas>"}],
                                          "mtm": {"boundaries": of, "code": code, **resource}})
            descriptor.write_text(json.dumps(document), encoding="utf-8")

    def page(self, *arguments):
        done = program.run("report", self.folder, "-f", "html", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def maps(self, *arguments):
        """The figures with a map, by the id of their indicator."""
        figures = re.findall(r"<figure>(?:(?!</figure>).)*?</figure>", self.page(*arguments), re.S)
        return {re.search(r'id="([a-z-]+)-map-t"', f)[1]: f for f in figures if 'class="map"' in f}

    def refused(self, expected, **resource):
        self.package(**resource)
        done = program.run("report", self.folder, "-f", "html")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(expected, done.stderr)

    def shape(self, figure, text):
        return re.search(rf"<(?:path|circle)([^>]*)><title>{text}", figure)[1]

    def test_there_is_none_without_boundaries(self):
        self.package()
        self.assertEqual(self.maps(), {})

    def test_each_breakdown_by_country_has_one(self):
        self.package(boundaries=geojson(COUNTRIES))
        for language in LANGUAGES:
            found = self.maps("-l", language)
            self.assertLessEqual({"arrivals-by-origin", "citizens-abroad-by-country"}, set(found))
            for name, figure in found.items():
                with self.subTest(language=language, indicator=name):
                    self.assertIn(DISCLAIMER[language], figure)
                    self.assertIn(PROJECTION[language], figure)
                    self.assertIn("Made-up &lt;atlas&gt;", figure)
                    self.assertIn('class="key"', figure)
                    self.assertRegex(figure, r"<figcaption>.*\d.*<span>")
                    self.assertIn(f'download="{name}-map.csv"', figure)
                    self.assertNotIn("<script", figure)

    def test_the_text_and_a_table_name_every_value(self):
        self.package(boundaries=geojson(COUNTRIES))
        page, figure = self.page(), self.maps()["arrivals-by-origin"]
        text = re.search(r'<desc id="arrivals-by-origin-map-d">([^<]*)', figure)[1]
        table = re.search(r'id="arrivals-by-origin-rows">.*?</table>', page, re.S)[0]
        for shown in re.findall(r"<title>([^<]*: [^<]*)</title>", figure):
            label, value = re.match(r"(.*): ([\d,]+)", shown).groups()
            self.assertIn(f"{label}: {value}", text)
            self.assertIn(value, table)

    def sheet(self, language, form):
        """The sheet of maps: its lines above the table, its headings, its rows."""
        path = self.folder / f"maps.{form}"
        done = program.run("report", self.folder, "-l", language, "-o", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        book = zipfile.ZipFile(path)
        if form == "ods":
            tree = ElementTree.fromstring(book.read("content.xml"))
            name = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
            sheets = list(tree.iter(name + "table"))
            self.assertEqual(len(sheets), 8)
            rows = [["".join(c.itertext()) for c in r.iter(name + "table-cell")] for r in sheets[4].iter(name + "table-row")]
        else:
            name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
            rows = [["".join(t.text or "" for t in c.iter() if t.tag in (name + "t", name + "v")) for c in r.iter(name + "c")]
                    for r in ElementTree.fromstring(book.read("xl/worksheets/sheet5.xml")).iter(name + "row")]
        head = next(i for i, row in enumerate(rows) if len(row) > 1)
        return rows[:head], rows[head], rows[head + 1:]

    def test_workbooks_have_what_the_maps_show(self):
        self.package(boundaries=geojson(COUNTRIES))
        for language in LANGUAGES:
            told = []
            document = json.loads(program.run("report", self.folder, "-f", "json", "-l", language).stdout)
            mapped = set(self.maps("-l", language))
            for indicator in (i for s in document["sections"] for i in s["indicators"] if i["id"] in mapped):
                told += [(indicator["title"], r["code"], r["label"], r["value"]) for r in indicator["breakdown"]["rows"]
                         if r["code"] in COUNTRIES]
            for form in ("xlsx", "ods"):
                with self.subTest(language=language, form=form):
                    above, head, rows = self.sheet(language, form)
                    self.assertEqual([(r[0], r[3], r[4], r[5]) for r in rows], told)
                    self.assertEqual(len(set(head)), len(head))
                    self.assertTrue(all(cell for row in rows for cell in row))
                    self.assertTrue(any(DISCLAIMER[language] in line[0] for line in above))
                    self.assertEqual(len([line for line in above if DISCLAIMER[language] in line[0]]), 1)

    def test_workbooks_mark_what_the_maps_mark(self):
        tables = statements.tables()
        tables["citizens-abroad"]["rows"] = list(statements.rows_of(
            "2024-06-30", {}, "country", {"RUS": 560, "DEU": 96, "USA": 3, "FRA": 2, "KOR": 50}))
        tables["citizens-abroad"]["mtm"] = {"confidential": True}
        self.package(tables, boundaries=geojson(COUNTRIES))
        rows = {r[3]: r for r in self.sheet("en", "xlsx")[2] if "abroad" in r[0]}
        self.assertEqual((rows["FRA"][5], rows["FRA"][8]), ("[c]", "withheld"))
        self.assertEqual(rows["RUS"][8], "560")

    def test_classes_are_quantiles_and_their_key_has_the_figures(self):
        self.package(boundaries=geojson(COUNTRIES))
        figure = self.maps()["arrivals-by-origin"]
        self.assertIn('class="c4"', self.shape(figure, "Uzbekistan"))
        self.assertIn('class="c0"', self.shape(figure, "United States"))
        key = re.search(r'<ul class="key">.*?</ul>', figure, re.S)[0]
        sizes = [len(re.findall(rf'class="{c}"', figure.replace(key, ""))) for c in ("c0", "c1", "c2", "c3", "c4")]
        self.assertEqual(sizes, [2, 2, 2, 2, 2] if sum(sizes) == 10 else sizes)
        self.assertLessEqual(max(sizes) - min(sizes), 1)
        value = re.search(r"<title>Uzbekistan: ([\d,]+)", figure)[1]
        self.assertRegex(key, rf"– {value}|> {value}")

    def test_what_is_in_the_remainder_is_plain_and_what_nobody_gave_is_hatched(self):
        self.package(boundaries=geojson(COUNTRIES))
        figure = self.maps()["arrivals-by-origin"]  # eleven countries: the last are the remainder
        self.assertIn("within the remainder", figure)
        tables = statements.changed(statements.tables(), "border-crossings",
                                    lambda row: row if row.get("citizenship") in ("_T", "UZB", "RUS", "KGZ") else None)
        for row in tables["border-crossings"]["rows"]:
            if row["citizenship"] == "_T":
                row["value"] = sum(r["value"] for r in tables["border-crossings"]["rows"] if r["citizenship"] != "_T" and
                                   (r["period"], r["direction"]) == (row["period"], row["direction"]))
        self.package(tables, boundaries=geojson(COUNTRIES))
        figure = self.maps()["arrivals-by-origin"]
        self.assertIn("not covered", figure)
        self.assertIn('fill="url(#arrivals-by-origin-map-h)"', figure)

    def test_what_is_withheld_is_crossed(self):
        tables = statements.tables()
        tables["citizens-abroad"]["rows"] = list(statements.rows_of(
            "2024-06-30", {}, "country", {"RUS": 560, "DEU": 96, "USA": 3, "FRA": 2, "KOR": 50}))
        tables["citizens-abroad"]["mtm"] = {"confidential": True}
        self.package(tables, boundaries=geojson(COUNTRIES))
        figure = self.maps()["citizens-abroad-by-country"]
        self.assertIn("citizens-abroad-by-country-map-w)", self.shape(figure, "France: ⋯"))
        self.assertIn("> withheld</li>", figure)
        self.assertNotRegex(figure, r"France: \d")

    def test_both_forms_of_boundaries_draw_the_same(self):
        self.package(boundaries=geojson(COUNTRIES))
        first = self.maps()
        self.package(boundaries=topojson(COUNTRIES), code="id")
        again = self.maps()
        self.assertEqual(set(first), set(again))
        for name, figure in first.items():
            ends = [sorted(re.findall(r"<title>([^<]*: [^<]*)</title>", f)) for f in (figure, again[name])]
            self.assertEqual(*ends)
            boxes = [re.search(r'viewBox="[^"]*"', f)[0] for f in (figure, again[name])]
            self.assertEqual(*boxes)

    def test_a_file_of_countries_is_used_where_the_package_has_none(self):
        world = self.folder / "world.json"
        self.package()
        world.write_text(json.dumps(topojson(COUNTRIES)), encoding="utf-8")
        found = self.maps("--boundaries", world)
        self.assertIn("Natural Earth", found["arrivals-by-origin"])
        self.package(boundaries=geojson(COUNTRIES))
        self.assertNotIn("Natural Earth", self.maps("--boundaries", world)["arrivals-by-origin"])
        done = program.run("report", self.folder, "--boundaries", self.folder / "nothing.json")
        self.package()
        done = program.run("report", self.folder, "--boundaries", self.folder / "nothing.json")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("nothing.json", done.stderr)

    def test_regions_by_their_codes(self):
        tables = {"population": dict(kind="stock", unit="persons", dimensions=["region"], rows=list(
            statements.rows_of("2024-06-30", {}, "region", {"Abai": 900, "Akmola": 700, "Aktobe": 800, "Atyrau": 400})))}
        self.package(tables, boundaries=geojson(["KZ10", "KZ-11", "15", "KZ23", "KZ27"], "ADM1"), of="region", code="ADM1")
        found = self.maps()
        self.assertEqual(len(found), 1)
        figure = next(iter(found.values()))
        for region in ("Abai", "Akmola", "Aktobe", "Atyrau"):
            self.assertIn('class="c', self.shape(figure, region))
        self.assertIn("azimuthal equal-area", figure)

    def test_flows_by_origin_are_lines_as_wide_as_the_figures(self):
        tables = {"migration": dict(kind="flow", unit="persons", dimensions=["direction", "origin"], rows=[
            row for period in ("2023-Q2", "2024-Q1", "2024-Q2")
            for row in statements.rows_of(period, {"direction": "IN"}, "origin", {"UZB": 1000, "RUS": 500, "KGZ": 0})])}
        self.package(tables, boundaries=geojson(COUNTRIES))
        figure = self.maps()["immigration-by-origin"]
        self.assertEqual(sorted(re.findall(r'class="flow"[^>]*stroke-width="([\d.]+)"', figure)), ["12.0", "6.5"])
        self.assertIn("the wider the line", figure)
        self.package(boundaries=geojson(COUNTRIES))  # citizenship is no origin
        self.assertNotIn('class="flow"', self.maps()["arrivals-by-origin"])

    def test_one_page_has_one_map_and_two_charts(self):
        self.package(boundaries=geojson(COUNTRIES))
        for language in LANGUAGES:
            page = self.page("--page", "one", "-l", language)
            self.assertEqual(page.count('class="map"'), 1)
            self.assertEqual(page.count("<figure>"), 3)

    def test_it_is_one_sheet_in_three_languages(self):
        if not all(shutil.which(name) for name in ("chromium", "pdfinfo")):
            self.skipTest("chromium and pdfinfo are not both installed; on Debian: apt install chromium poppler-utils")
        self.package(boundaries=geojson(COUNTRIES))
        for language in LANGUAGES:
            done = program.run("report", self.folder, "--page", "one", "-l", language, "-o", self.folder / "one.pdf")
            self.assertEqual(done.returncode, 0, done.stderr)
            pages = subprocess.run(["pdfinfo", self.folder / "one.pdf"], capture_output=True, text=True).stdout
            self.assertRegex(pages, r"Pages: +1\n", language)

    def test_names_never_act(self):
        self.package(boundaries=geojson(["<script>alert(1)</script>", *COUNTRIES]))
        self.assertNotIn("<script>alert", self.page())

    def test_what_is_no_boundaries_is_refused_with_what_to_do(self):
        square = geojson(COUNTRIES)
        far = json.loads(json.dumps(square))
        far["features"][0]["geometry"]["coordinates"][0][0] = [6500000, 40]
        torn = topojson(COUNTRIES)
        torn["objects"]["countries"]["geometries"][0]["arcs"] = [[99]]
        points = {"type": "FeatureCollection", "features": [{"properties": {"code": "A"},
                                                             "geometry": {"type": "Point", "coordinates": [1, 2]}}]}
        self.refused("areas.json", boundaries="{")
        self.refused("FeatureCollection (GeoJSON) or a Topology", boundaries={"type": "Feature"})
        self.refused("project the boundaries back to degrees", boundaries=far)
        self.refused("number of an arc that there is not", boundaries=torn, code="id")
        self.refused("expected areas that are Polygons", boundaries=points)
        self.refused('no area with the property "ISO"', boundaries=square, code="ISO")
        self.refused("levels of nesting", boundaries="[" * 100 + "]" * 100)
        self.refused("inside the folder", boundaries=square, path="../areas.json")
        self.refused("colour", boundaries=square, colour="red")
        self.refused("expected", boundaries=square, code="")

    def test_the_world_is_cut_at_180_degrees(self):
        world = geojson(COUNTRIES)
        world["features"][2]["geometry"]["coordinates"] = [[[150, 60], [-170, 60], [-170, 70], [150, 70], [150, 60]]]
        self.package(boundaries=world)
        figure = self.maps()["arrivals-by-origin"]
        self.assertIn("Equal Earth", figure)
        russia = re.search(r' d="([^"]*)"><title>Russia', figure)[1]
        width = max(int(x) for x in re.findall(r"l(\d+) ", russia))
        self.assertLess(width, 200)  # and no band across the map

    def test_two_files_of_one_dimension_are_refused(self):
        self.package(boundaries=geojson(COUNTRIES))
        descriptor = self.folder / "datapackage.json"
        document = json.loads(descriptor.read_text(encoding="utf-8"))
        document["resources"].append(dict(document["resources"][-1], name="again"))
        descriptor.write_text(json.dumps(document), encoding="utf-8")
        self.assertIn("one file a dimension", program.run("report", self.folder).stderr)


if __name__ == "__main__":
    unittest.main()
