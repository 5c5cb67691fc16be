"""Documents and data of reports in the hands of others: LibreOffice, odfpy, openpyxl, python-docx and python-pptx open them,
pyjstat and jsonstat-toolkit read JSON-stat, rdflib and extruct the linked data, csvw and frictionless the table. Not part of the
base tests: run with a Python that has some of these, in a folder where node finds jsonstat-toolkit,

    python tests/interop/documents.py

A program or package that is not installed is skipped, and said so. The end is 0 when something ran and nothing failed,
77 when nothing could run."""
import csv
import importlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
STORED = pathlib.Path(__file__).resolve().parents[2] / "tests/golden/report"


def stored(ending):
    return sorted(STORED.glob(f"report.*.{ending}"))


def report_of(path):
    return json.loads((STORED / f"report.{path.name.split('.')[1]}.json").read_text())


def by_libreoffice():
    """Every document opens and becomes text with the title in it."""
    for ending, to in (("ods", CSV), ("xlsx", CSV), ("docx", "txt:Text (encoded):UTF8"), ("pptx", "pdf")):
        for path in stored(ending):
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to,
                                "--outdir", folder, str(path)], check=True, capture_output=True, timeout=300)
                made = pathlib.Path(folder) / (path.stem + "." + to.split(":")[0])
                assert made.stat().st_size > 500 if to == "pdf" else report_of(path)["title"] in made.read_text("utf-8-sig"), path
            yield path


def by_odfpy(odf):
    import odf.opendocument
    import odf.table
    import odf.teletype
    for path in stored("ods"):
        sheets = odf.opendocument.load(str(path)).spreadsheet.getElementsByType(odf.table.Table)
        assert len(sheets) == 7, path
        rows = sheets[3].getElementsByType(odf.table.TableRow)[3:]
        told = list(csv.DictReader(io.StringIO((STORED / path.name.replace("ods", "csv")).read_text(), newline="")))
        assert len(rows) == len(told), path
        for row, one in zip(rows, told):
            cell = row.getElementsByType(odf.table.TableCell)[8]
            value = cell.getAttribute("value")
            assert value == (one["value"] or None), (path, value, one)
        yield path


def by_docx(docx):
    for path in stored("docx"):
        document, report = docx.Document(str(path)), report_of(path)
        assert document.core_properties.title == report["title"], path
        text = [p.text for p in document.paragraphs]
        assert all(h["text"] in "\n".join(text) or "<" in h["text"] for h in report["highlights"]), path
        assert document.tables and all(len(t.rows) > 1 for t in document.tables), path
        headings = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
        assert headings.count("Heading 1") >= 4, headings
        yield path


def by_pptx(pptx):
    for path in stored("pptx"):
        deck = pptx.Presentation(str(path))
        charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
        assert charts and all(list(c.plots[0].series[0].values) for c in charts), path
        openpyxl = importlib.import_module("openpyxl")
        for chart in charts:
            book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
            values = [r[1].value for r in book.worksheets[0].iter_rows(min_row=4)]
            assert values == list(chart.plots[0].series[0].values), path
        assert all(slide.shapes.title is not None and slide.shapes.title.text for slide in deck.slides), path
        yield path


def by_pyjstat(pyjstat):
    from pyjstat import pyjstat as reader
    for path in stored("stat.json"):
        numbers = {i["id"]: i for s in report_of(path)["sections"] for i in s["indicators"]}
        for item in json.loads(path.read_text())["link"]["item"]:
            dataset = reader.Dataset.read(json.dumps({**item, "version": "2.0"}))
            values = [float(v) for v in dataset.write("dataframe", naming="id")["value"].dropna()]
            told = numbers[item["extension"]["indicator"]]["value"]
            assert told is None or float(told) in values, (path, item["label"])
        yield path


def by_rdflib(rdflib):
    for path in stored("jsonld"):
        graph = rdflib.Graph().parse(path, format="json-ld")
        kinds = {str(o) for o in graph.objects(None, rdflib.RDF.type)}
        assert {"https://schema.org/Dataset", "http://www.w3.org/ns/dcat#Dataset"} <= kinds, kinds
        title = report_of(path)["title"]
        assert rdflib.Literal(title) in set(graph.objects(None, rdflib.URIRef("https://schema.org/name"))), path
        yield path


def by_extruct(extruct):
    """What search engines read out of the page."""
    for path in stored("html"):
        found = extruct.extract(path.read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
        assert [one["@type"] for one in found] == ["Dataset", "dcat:Dataset"], path
        assert found[0]["name"] == report_of(path)["title"], path
        yield path


def by_csvw(csvw):
    """The table with the description beside it, as the W3C's recommendation finds both."""
    for path in stored("csv-metadata.json"):
        table = STORED / path.name.replace("-metadata.json", "")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(table, pathlib.Path(folder) / "report.csv")
            shutil.copy(path, pathlib.Path(folder) / "report.csv-metadata.json")
            read = csvw.CSVW(str(pathlib.Path(folder) / "report.csv"), validate=True)
            assert read.is_valid, path
            rows = read.to_json()["tables"][0]["row"]
        told = list(csv.DictReader(io.StringIO(table.read_text(), newline="")))
        assert [r["describes"][0].get("indicator") for r in rows] == [t["indicator"] for t in told], path
        yield path


def by_frictionless(frictionless):
    """The columns hold what the description says."""
    types = {"string": "string", "integer": "integer", "decimal": "number"}
    for path in stored("csv-metadata.json"):
        columns = json.loads(path.read_text("utf-8"))["tableSchema"]["columns"]
        schema = {"fields": [{"name": c["name"], "type": types[c["datatype"]]} for c in columns], "missingValues": [""]}
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(STORED / path.name.replace("-metadata.json", ""), pathlib.Path(folder) / "report.csv")
            found = frictionless.validate("report.csv", basepath=folder, schema=frictionless.Schema.from_descriptor(schema))
        assert found.valid, (path, found.flatten(["rowNumber", "fieldName", "note"])[:3])
        yield path


TOOLKIT = """import JSONstat from 'jsonstat-toolkit';
import { readFileSync } from 'node:fs';
const read = JSONstat(JSON.parse(readFileSync(process.argv[1], 'utf8')));
console.log(JSON.stringify(read.Dataset().map((d) => [d.extension.indicator, d.value])));
"""


def by_jsonstat_toolkit():
    """None where node or the package is not there, else how many collections it read as JSON has them."""
    paths = stored("stat.json")
    if shutil.which("node") is None:
        return None
    for path in paths:
        done = subprocess.run(["node", "--input-type=module", "-e", TOOLKIT, str(path)], capture_output=True, text=True)
        if "ERR_MODULE_NOT_FOUND" in done.stderr:
            return None
        assert done.returncode == 0, done.stderr
        numbers = {i["id"]: i["value"] for s in report_of(path)["sections"] for i in s["indicators"]}
        for indicator, values in json.loads(done.stdout):
            assert numbers[indicator] is None or float(numbers[indicator]) in values, (path, indicator)
    return len(paths)


def main():
    ran = 0
    tests = [(name, by) for name, by in (("odf", by_odfpy), ("docx", by_docx), ("pptx", by_pptx), ("pyjstat", by_pyjstat),
                                         ("rdflib", by_rdflib), ("extruct", by_extruct), ("csvw", by_csvw),
                                         ("frictionless", by_frictionless))]
    if shutil.which("soffice"):
        print(f"LibreOffice: {len(list(by_libreoffice()))} documents")
        ran += 1
    else:
        print("skipped: LibreOffice is not installed")
    toolkit = by_jsonstat_toolkit()
    print("skipped: node with jsonstat-toolkit is not installed" if toolkit is None else f"jsonstat-toolkit: {toolkit} documents")
    ran += toolkit is not None
    for name, by in tests:
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"skipped: {name} is not installed")
            continue
        print(f"{name}: {len(list(by(module)))} documents")
        ran += 1
    return 0 if ran else 77


if __name__ == "__main__":
    sys.exit(main())
