"""Office documents and data for other programs, read by what Python brings: every part is there and well formed, every
link within leads somewhere, tables are marked, what is withheld is marked and what is limited is said in each."""
import io
import json
import pathlib
import re
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import program
import statements

LANGUAGES = ("en", "ru", "kk")
KAZAKHSTAN = program.SOURCE / "examples/kazakhstan-2024-q2"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
COMMON = "{http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common}"
STRUCTURE = "{http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure}"
FORMATS = ("ods", "docx", "pptx", "sdmx-ml", "sdmx-structure", "sdmx-json-structure", "sdmx-json", "json-stat", "json-ld", "csvw", "json", "sdmx-csv")
CONFIDENTIAL = {"UZB": 61234, "KGZ": 52345, "RUS": 41111, "CHN": 3171, "TUR": 4, "DEU": 2}


def render(package, form, language):
    with tempfile.TemporaryDirectory() as folder:
        done = program.run("report", package, "-f", form, "-l", language, "-o", pathlib.Path(folder) / "out")
        assert done.returncode == 0, done.stderr
        return (pathlib.Path(folder) / "out").read_bytes()


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory()
        cls.addClassCleanup(held.cleanup)
        secret, plain = pathlib.Path(held.name) / "secret", pathlib.Path(held.name) / "plain"
        secret.mkdir()
        plain.mkdir()
        statements.write(plain, statements.tables())
        rows = [dict(period="2024-Q2", direction="IN", citizenship=code, value=n) for code, n in CONFIDENTIAL.items()]
        statements.write(secret, {"border-crossings": dict(
            kind="flow", unit="movements", dimensions=["direction", "citizenship"], rows=rows,
            mtm={"confidential": True, "absent": "zero"})})
        cls.packages = {"kazakhstan": KAZAKHSTAN, "statements": plain, "secret": secret}
        cls.files = {(name, form, language): render(package, form, language) for name, package in cls.packages.items()
                     for form in FORMATS for language in (LANGUAGES if name == "kazakhstan" else ("en",))}

    def each(self, form):
        for key, content in self.files.items():
            if key[1] == form:
                with self.subTest(key):
                    yield key, content

    def document(self, key):
        return json.loads(self.files[key[0], "json", key[2]])

    # ---- office documents ----

    def test_packages_are_whole(self):
        for form in ("docx", "pptx"):
            for key, content in self.each(form):
                self.check_package(content)

    def check_package(self, content):
        book = zipfile.ZipFile(io.BytesIO(content))
        self.assertIsNone(book.testzip())
        names = set(book.namelist())
        self.assertEqual(len(names), len(book.namelist()))
        types = ElementTree.fromstring(book.read("[Content_Types].xml"))
        endings = {e.get("Extension") for e in types if e.tag == TYPES + "Default"}
        parts = {e.get("PartName") for e in types if e.tag == TYPES + "Override"}
        self.assertEqual({p.lstrip("/") for p in parts} - names, set())
        for name in names:
            self.assertTrue("/" + name in parts or name.rsplit(".", 1)[-1] in endings, name)
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(book.read(name))
            if name.endswith(".rels"):
                base = pathlib.PurePosixPath(name).parent.parent
                for relation in ElementTree.fromstring(book.read(name)).iter(RELATION):
                    if relation.get("TargetMode") == "External":
                        self.assertRegex(relation.get("Target"), "^https?://")
                    else:
                        target = (base / relation.get("Target")).as_posix()
                        parts_of = []
                        for part in target.split("/"):
                            parts_of = parts_of[:-1] if part == ".." else parts_of + [part]
                        self.assertIn("/".join(parts_of), names)
            if name.endswith(".xlsx"):
                self.check_package(book.read(name))

    def test_text_documents(self):
        for key, content in self.each("docx"):
            book = zipfile.ZipFile(io.BytesIO(content))
            body = ElementTree.fromstring(book.read("word/document.xml"))
            text = ["".join(t.text or "" for t in p.iter(WORD + "t")) for p in body.iter(WORD + "p")]
            whole = "\n".join(text)
            document = self.document(key)
            self.assertEqual([h["text"] for h in document["highlights"] if h["text"] not in text], [])
            for source in document["bibliography"]:
                self.assertIn(source["text"], whole)
            self.assertIn(document["title"], text)
            bookmarks = {e.get(WORD + "name") for e in body.iter(WORD + "bookmarkStart")}
            links = {e.get(WORD + "anchor") for e in body.iter(WORD + "hyperlink")} - {None}
            self.assertTrue(links and links <= bookmarks, links - bookmarks)
            for table in body.iter(WORD + "tbl"):
                self.assertIsNotNone(next(table.iter(WORD + "tr")).find(f"{WORD}trPr/{WORD}tblHeader"))
                self.assertTrue(next(table.iter(WORD + "tblCaption")).get(WORD + "val"))
            ids = [e.get(WORD + "val") for e in body.iter(WORD + "pStyle")]
            styles = {e.get(WORD + "styleId") for e in ElementTree.fromstring(book.read("word/styles.xml")).iter(WORD + "style")}
            self.assertEqual(set(ids) - styles, set())
            pictures = [e for e in body.iter() if e.tag.endswith("}docPr")]
            self.assertTrue(all(len(p.get("descr")) > 5 for p in pictures))
            charts = [n for n in book.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", n)]
            self.assertEqual(len(charts), len(pictures))

    def test_charts_have_the_workbook_behind_them(self):
        seen = 0
        for _, content in self.each("docx"):
            book = zipfile.ZipFile(io.BytesIO(content))
            for name in book.namelist():
                if not re.fullmatch(r"word/charts/chart\d+\.xml", name):
                    continue
                chart = ElementTree.fromstring(book.read(name))
                cached = [v.text for v in chart.find(f".//{CHART}val").iter(CHART + "v")]
                labels = [v.text for v in chart.find(f".//{CHART}cat").iter(CHART + "v")]
                inner = zipfile.ZipFile(io.BytesIO(book.read(name.replace("charts/chart", "embeddings/chart")
                                                            .replace(".xml", ".xlsx"))))
                cells = ElementTree.fromstring(inner.read("xl/worksheets/sheet1.xml"))
                main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
                values = {c.get("r"): "".join(t.text or "" for t in c.iter() if t.tag in (main + "v", main + "t"))
                          for c in cells.iter(main + "c")}
                self.assertEqual([values[f"B{i + 4}"] for i in range(len(cached))], cached)
                self.assertEqual([values[f"A{i + 4}"] for i in range(len(labels))], labels)
                self.assertEqual(chart.find(f".//{CHART}val//{CHART}f").text, f"Data!$B$4:$B${len(cached) + 3}")
                seen += 1
        self.assertGreater(seen, 10)

    def test_slides(self):
        drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
        for key, content in self.each("pptx"):
            book, document = zipfile.ZipFile(io.BytesIO(content)), self.document(key)
            slides = [ElementTree.fromstring(book.read(n)) for n in book.namelist()
                      if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
            titles = [next(s.iter(drawing + "t")).text for s in slides]
            self.assertTrue(all(titles) and titles[0] == document["title"])
            whole = "\n".join("".join(t.text or "" for t in p.iter(drawing + "t")) for s in slides for p in s.iter(drawing + "p"))
            for sentence in [h["text"] for h in document["highlights"]] + document["about"]["sentences"] + [
                    s["text"] for s in document["bibliography"]]:
                self.assertIn(sentence, whole)
            frames = [e for s in slides for e in s.iter() if e.tag.endswith("}cNvPr") and e.get("descr")]
            self.assertTrue(all(len(f.get("descr")) > 5 for f in frames) and (frames or key[0] == "secret"))
            for slide in slides:
                ids = [e.get("id") for e in slide.iter() if e.tag.endswith("}cNvPr")]
                self.assertEqual(len(ids), len(set(ids)))

    def test_key_figures_fit_their_slides_and_none_is_left_out(self):
        drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
        for key, content in self.each("pptx"):
            book, told = zipfile.ZipFile(io.BytesIO(content)), []
            names = sorted((n for n in book.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)),
                           key=lambda n: int(re.search(r"\d+", n)[0]))
            for table in (t for n in names for t in ElementTree.fromstring(book.read(n)).iter(drawing + "tbl")):
                rows = [["".join(x.text or "" for x in c.iter(drawing + "t")) for c in r.iter(drawing + "tc")] for r in table.iter(drawing + "tr")]
                self.assertLessEqual(len(rows), 8)
                told += [row[0] for row in rows[1:]]
            sections = self.document(key)["sections"]
            titles = [i["title"] for s in sections for i in s["indicators"] if i["value"] is not None or i["status"] == "Q"]
            self.assertEqual([t for t in titles if t in told], told)
            self.assertTrue({i["title"] for s in sections for i in s["indicators"] if i["value"] is not None and i["breakdown"] is None} <= set(told))

    def sheets(self, content):
        book = zipfile.ZipFile(io.BytesIO(content))
        first = book.infolist()[0]
        self.assertEqual((first.filename, first.compress_type), ("mimetype", zipfile.ZIP_STORED))
        self.assertEqual(book.read("mimetype"), b"application/vnd.oasis.opendocument.spreadsheet")
        for name in book.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(book.read(name))
        body = ElementTree.fromstring(book.read("content.xml")).find(f"{OFFICE}body/{OFFICE}spreadsheet")
        return book, body, body.findall(TABLE + "table")

    def cells(self, sheet):
        rows = []
        for row in sheet.iter(TABLE + "table-row"):
            rows.append([("".join(c.itertext()), c.get(OFFICE + "value")) for c in row.iter(TABLE + "table-cell")])
        return rows

    def test_open_document_workbooks_keep_the_rules(self):
        for key, content in self.each("ods"):
            book, body, sheets = self.sheets(content)
            names = [s.get(TABLE + "name") for s in sheets]
            self.assertEqual(len(sheets), 7)
            ranges = body.findall(f"{TABLE}database-ranges/{TABLE}database-range")
            self.assertEqual(len(ranges), 6, "rule 22: each sheet but the cover has one marked table")
            self.assertEqual(len({r.get(TABLE + "name") for r in ranges}), 6, "rule 23")
            text = book.read("content.xml").decode()
            for wrong in ("number-columns-spanned", "number-rows-spanned", "covered-table-cell", "visibility=",
                          "display-filter-buttons=\"true\"", "table:formula", "<text:a"):
                self.assertNotIn(wrong, text, "rules 24, 27, 29; and nothing acts")
            for sheet, found in zip(sheets[1:], ranges):
                rows = self.cells(sheet)
                heads = sheet.findall(f"{TABLE}table-header-rows/{TABLE}table-row")
                self.assertEqual(len(heads), 1, "rule 26")
                start = int(re.search(r"\.A(\d+):", found.get(TABLE + "target-range-address"))[1])
                last = int(re.search(r"(\d+)$", found.get(TABLE + "target-range-address"))[1])
                self.assertEqual(last, len(rows), "rule 25")
                head = [c[0] for c in rows[start - 1]]
                self.assertEqual(len(set(head)), len(head))
                for row in rows[start:]:
                    self.assertEqual(len(row), len(head))
                    self.assertTrue(all(cell for cell, _ in row), "rule 28")
            for sheet in sheets:
                self.assertTrue(self.cells(sheet)[0][0][0], "rule 30")
            self.assertEqual([r[0][0] for r in self.cells(sheets[1])[2:]], names[2:], "rule 31")
            self.assertIn(self.document(key)["title"], book.read("meta.xml").decode(), "rule 32")
            numbers = self.cells(sheets[3])[3:]
            csv = [r for r in numbers if r[8][1] is not None]
            self.assertTrue(all(float(r[8][0]) == float(r[8][1]) for r in csv) and csv)

    # ---- data for other programs ----

    def observations(self, key):
        lines = self.files[key[0], "sdmx-csv", key[2]].decode().splitlines()
        self.assertTrue(lines[0].startswith("STRUCTURE"))
        return len(lines) - 1

    def test_sdmx_ml(self):
        for key, content in self.each("sdmx-ml"):
            data = ElementTree.fromstring(content)
            structure = ElementTree.fromstring(self.files[key[0], "sdmx-structure", key[2]])
            codes = {c.get("id"): {e.get("id") for e in c.iter(STRUCTURE + "Code")} for c in structure.iter(STRUCTURE + "Codelist")}
            names = {e.text for e in structure.iter(COMMON + "Name")}
            keys, rows = set(), [e.attrib for e in data.iter("Obs")]
            self.assertEqual(len(rows), self.observations(key))
            for row in rows:
                keys.add(tuple(row[d] for d in ("REF_AREA", "INDICATOR", "BREAKDOWN", "MEMBER", "TIME_PERIOD")))
                for component, codelist in (("REF_AREA", "CL_AREA"), ("INDICATOR", "CL_INDICATOR"), ("MEMBER", "CL_MEMBER"),
                                            ("BREAKDOWN", "CL_BREAKDOWN"), ("OBS_STATUS", "CL_OBS_STATUS")):
                    self.assertIn(row[component], codes[codelist])
                self.assertRegex(row["MEMBER"], "^[A-Za-z0-9_@$-]+$")
                self.assertEqual("OBS_VALUE" in row, row["OBS_STATUS"] not in "LMOQ")
                self.assertIn(row["TITLE"], names)
            self.assertEqual(len(keys), len(rows))
            said = [e.text for e in data.iter(COMMON + "AnnotationText")]
            self.assertEqual(said, [l["text"] for l in self.document(key)["limitations"]])
            components = {e.get("id") for e in structure.iter() if e.tag in (STRUCTURE + n for n in (
                "Dimension", "TimeDimension", "Attribute", "Measure"))}
            self.assertEqual(set().union(*rows) - components, set())
            concepts = {e.get("id") for e in structure.iter(STRUCTURE + "Concept")}
            self.assertEqual(components, concepts)

    def test_sdmx_json_structure(self):
        """The same artefacts, codes and components as the structures in XML."""
        for key, content in self.each("sdmx-json-structure"):
            xml = ElementTree.fromstring(self.files[key[0], "sdmx-structure", key[2]])
            data = json.loads(content)["data"]
            codes = {c["id"]: {(e["id"], e["name"]) for e in c["codes"]} for c in data["codelists"]}
            self.assertEqual(codes, {c.get("id"): {(e.get("id"), e.find(COMMON + "Name").text) for e in c.iter(STRUCTURE + "Code")}
                                     for c in xml.iter(STRUCTURE + "Codelist")})
            (structure,) = data["dataStructures"]
            lists = structure["dataStructureComponents"]
            components = [*lists["dimensionList"]["dimensions"], lists["dimensionList"]["timeDimension"],
                          *lists["attributeList"]["attributes"], *lists["measureList"]["measures"]]
            self.assertEqual({c["id"] for c in components}, {e.get("id") for e in xml.iter() if e.tag in (
                STRUCTURE + n for n in ("Dimension", "TimeDimension", "Attribute", "Measure"))})
            concepts = {c["id"] for c in data["conceptSchemes"][0]["concepts"]}
            for component in components:
                self.assertIn(component["conceptIdentity"].rsplit(".", 1)[1], concepts)
                used = component["localRepresentation"].get("enumeration")
                self.assertTrue(used is None or used.split("IOM:")[1].split("(")[0] in codes, component)
            (flow,) = data["dataflows"]
            self.assertEqual(flow["structure"].rsplit("=", 1)[1], "IOM:MTM_REPORT(1.0)")

    def test_sdmx_json(self):
        for key, content in self.each("sdmx-json"):
            message = json.loads(content)
            (structure,), (data,) = message["data"]["structures"], message["data"]["dataSets"]
            self.assertEqual(data["links"], structure["links"])
            self.assertTrue(all(link["urn"].endswith("IOM:MTM_REPORT(1.0)") for link in data["links"]))
            dimensions, attributes = structure["dimensions"]["observation"], structure["attributes"]["observation"]
            ml = {tuple(e.get(d["id"]) for d in dimensions): e.attrib
                  for e in ElementTree.fromstring(self.files[key[0], "sdmx-ml", key[2]]).iter("Obs")}
            self.assertEqual(len(data["observations"]), len(ml))
            for places, values in data["observations"].items():
                found = [d["values"][int(i)] for d, i in zip(dimensions, places.split(":"), strict=True)]
                row = ml[tuple(v.get("id", v.get("value")) for v in found)]
                self.assertEqual(values[0], row.get("OBS_VALUE"))
                for attribute, place in zip(attributes, values[1:], strict=True):
                    value = attribute["values"][place]
                    self.assertEqual(value.get("id", value.get("value")), row[attribute["id"]])
            self.assertEqual([a["text"] for a in structure["annotations"]], [l["text"] for l in self.document(key)["limitations"]])
            self.assertEqual(data["annotations"], list(range(len(structure["annotations"]))))

    def test_json_stat(self):
        for key, content in self.each("json-stat"):
            collection = json.loads(content)
            self.assertEqual((collection["version"], collection["class"]), ("2.0", "collection"))
            self.assertEqual(collection["note"], [l["text"] for l in self.document(key)["limitations"]])
            n = 0
            for item in collection["link"]["item"]:
                cells = 1
                for name, size in zip(item["id"], item["size"], strict=True):
                    category = item["dimension"][name]["category"]
                    self.assertEqual((len(category["index"]), set(category["label"])), (size, set(category["index"])))
                    cells *= size
                self.assertTrue(all(int(i) < cells for i in item["status"]))
                self.assertLessEqual(set(item["value"]), set(item["status"]))
                for i, status in item["status"].items():
                    self.assertEqual(i in item["value"], status not in "LMOQ")
                n += len(item["status"])
            self.assertEqual(n, self.observations(key))

    def test_linked_data(self):
        for key, content in self.each("json-ld"):
            dataset, catalogue = json.loads(content)
            document = self.document(key)
            self.assertEqual((dataset["@type"], dataset["@context"]), ("Dataset", {"@vocab": "https://schema.org/"}))
            self.assertEqual(catalogue["@type"], "dcat:Dataset")
            self.assertEqual((dataset["name"], catalogue["dct:title"]["@value"]), (document["title"],) * 2)
            self.assertEqual(dataset["temporalCoverage"], "2024-04-01/2024-06-30")
            self.assertEqual([s["text"] for s in document["bibliography"]], dataset["isBasedOn"])
            values = {i["id"]: i["value"] for s in document["sections"] for i in s["indicators"]}
            for variable in dataset["variableMeasured"]:
                self.assertEqual(variable.get("value"), None if values[variable["propertyID"]] is None
                                 else json.loads(values[variable["propertyID"]]))
            page = render(self.packages[key[0]], "html", key[2]).decode()
            inside = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1]
            self.assertEqual(json.loads(inside), [dataset, catalogue])

    def test_csv_on_the_web(self):
        for key, content in self.each("csvw"):
            metadata = json.loads(content)
            self.assertEqual(metadata["@context"][0], "http://www.w3.org/ns/csvw")
            table = render(self.packages[key[0]], "csv", key[2]).decode().splitlines()
            columns = metadata["tableSchema"]["columns"]
            self.assertEqual([c["titles"] for c in columns], table[0].split(","))
            self.assertEqual(metadata["rdfs:comment"], [l["text"] for l in self.document(key)["limitations"]])

    # ---- what is withheld ----

    def test_marks_of_what_is_withheld(self):
        files = {form: self.files["secret", form, "en"] for form in FORMATS}
        hidden = [r["code"] for s in json.loads(files["json"])["sections"] for i in s["indicators"] if i["breakdown"]
                  for r in i["breakdown"]["rows"] if r["status"] == "Q"]
        self.assertIn("TUR", hidden)
        self.assertIn("[c]", files["ods"].decode("utf-8", "replace"))
        self.assertIn("\u22ef", files["docx"].decode("utf-8", "replace"))
        rows = [e.attrib for e in ElementTree.fromstring(files["sdmx-ml"]).iter("Obs")]
        self.assertTrue(all(r["OBS_STATUS"] == "Q" and "OBS_VALUE" not in r for r in rows if r["MEMBER"] in hidden))
        for form in ("sdmx-json", "json-stat"):
            self.assertIn('"Q"', files[form].decode())
        for form, content in files.items():
            text = content.decode("utf-8", "replace")
            for code in hidden:
                self.assertFalse(CONFIDENTIAL[code] > 999 and str(CONFIDENTIAL[code]) in text, (form, code))
            if form not in ("sdmx-structure", "sdmx-json-structure", "sdmx-csv"):
                self.assertTrue("withheld" in text, form)


if __name__ == "__main__":
    unittest.main()
