"""Documents and data of reports in the hands of others: LibreOffice, odfpy, openpyxl, python-docx and python-pptx open them,
pyjstat and rdflib read them. Not part of the base tests: run with a Python that has some of these,

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


def main():
    ran = 0
    tests = [(name, by) for name, by in (("odf", by_odfpy), ("docx", by_docx), ("pptx", by_pptx), ("pyjstat", by_pyjstat),
                                         ("rdflib", by_rdflib))]
    if shutil.which("soffice"):
        print(f"LibreOffice: {len(list(by_libreoffice()))} documents")
        ran += 1
    else:
        print("skipped: LibreOffice is not installed")
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
