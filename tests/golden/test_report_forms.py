"""The stored forms of a report, read by programs that know nothing of the library: schema, CSV, SDMX-CSV, XLSX, XML."""

import csv
import io
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from decimal import Decimal

import jsonschema
import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORED = ROOT / "tests/golden/report"
SCHEMA = json.loads((ROOT / "docs/report-json.schema.json").read_text())
LANGUAGES = ["en", "ru", "kk"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = tuple("=+-@\t\r\n") + ("＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def validator(definition):
    return jsonschema.Draft7Validator({**SCHEMA, "$ref": f"#/definitions/{definition}"})


def load(name, language):
    return json.loads((STORED / f"{name}.{language}.json").read_text())


def rows_of(name, language):
    text = (STORED / f"{name}.{language}.csv").read_text()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def original(cell):
    """A text cell as it was before a formula was kept from acting."""
    return cell[1:] if cell.startswith("'") else cell


def check_json(language):
    report = load("report", language)
    errors = [f"{list(e.path)}: {e.message}" for e in validator("report").iter_errors(report)]
    lineage = load("lineage", language)
    errors += [f"lineage {list(e.path)}: {e.message}" for e in validator("lineage").iter_errors(lineage)]
    indicators = [i for s in report["sections"] for i in s["indicators"]]
    if load("indicator", language) not in indicators:
        errors.append("the indicator alone is not an element of indicators[]")
    for indicator in indicators:
        rows = (indicator["breakdown"] or {"rows": []})["rows"]
        numbers = [r["value"] for r in rows]
        if rows and None not in numbers and not indicator["breakdown"]["selection"]:
            if sum(map(Decimal, numbers)) != Decimal(indicator["value"]):
                errors.append(f"{indicator['id']}: rows do not add up to the value")
        for s in indicator["sources"]:
            if s != report["bibliography"][s["number"] - 1]:
                errors.append(f"{indicator['id']}: a source differs from the bibliography's")
    return errors


def check_schema_refuses(language):
    report = load("report", language)
    indicator = report["sections"][0]["indicators"][0]
    changes = {
        "a number that is no text": lambda i: i.__setitem__("value", 4001714),
        "a missing member": lambda i: i.pop("finding"),
        "an unknown member": lambda i: i.__setitem__("colour", "red"),
        "an unknown reason": lambda i: i.__setitem__("reason", "bad luck"),
        "no value and no reason": lambda i: (i.__setitem__("value", None), i.__setitem__("reason", None)),
    }
    errors = []
    for what, change in changes.items():
        copied = json.loads(json.dumps(indicator))
        change(copied)
        if validator("indicator").is_valid(copied):
            errors.append(f"the schema takes {what}")
    return errors


def expected_figures(report):
    """The rows of CSV, as the JSON has them."""
    for section in report["sections"]:
        for i in section["indicators"]:
            yield i["id"], "value", "", "", i["value"]
            if "per_1000" in i:
                yield i["id"], "per-1000", "population", "", i["per_1000"]
            for c in i["comparisons"]:
                for measure in ("base", "absolute", "percent"):
                    yield i["id"], measure, c["with"], "", c[measure]
            for row in (i["breakdown"] or {"rows": []})["rows"]:
                yield i["id"], "row", "", row["code"], row["value"]
                if row["share"] is not None or row["status"] == "Q":
                    yield i["id"], "share", "", row["code"], row["share"]
                for one in row.get("contributions", []):
                    yield i["id"], "contribution", one["with"], row["code"], one["change"]
                    yield i["id"], "contribution-points", one["with"], row["code"], one["points"]
            base = next((p["period"] for p in i["series"] if "index" in p), "")
            for point in i["series"]:
                yield i["id"], "point", "", "", point["value"]
                for key, measure in (("index", "index"), ("year_to_date", "year-to-date"), ("twelve_months", "twelve-months")):
                    if key in point:
                        yield i["id"], measure, base if key == "index" else "", "", point[key]


def check_csv(language):
    rows, errors = rows_of("report", language), []
    found = [(r["indicator"], r["measure"], r["with"], original(r["code"]), r["value"] or None) for r in rows]
    if found != list(expected_figures(load("report", language))):
        errors.append("CSV and JSON differ")
    for name in ("report", "report.%s.sdmx" % language, "lineage"):
        path = STORED / (f"{name}.csv" if "sdmx" in name else f"{name}.{language}.csv")
        for row in csv.reader(io.StringIO(path.read_text(), newline="")):
            errors += [f"{path.name}: the cell {c!r} begins a formula" for c in row
                       if c.startswith(FORMULA) and not NUMBER.match(c)]
    lineage = rows_of("lineage", language)
    steps = load("lineage", language)["steps"]
    if [original(r["file"]) for r in lineage] != [s["file"] for s in steps]:
        errors.append("a file's name does not come back from CSV")
    return errors


def check_sdmx(language):
    text, errors = (STORED / f"report.{language}.sdmx.csv").read_text(), []
    table = list(csv.reader(io.StringIO(text, newline="")))
    header, rows = table[0], table[1:]
    if header[:3] != ["STRUCTURE", "STRUCTURE_ID", "ACTION"]:
        errors.append("SDMX-CSV does not begin with STRUCTURE, STRUCTURE_ID, ACTION")
    keys = [tuple(r[3:8]) for r in rows]
    if len(set(keys)) != len(keys):
        errors.append("an SDMX key stands twice")
    period = re.compile(r"\d{4}(-Q[1-4]|-S[12]|-\d\d(-\d\d(/P\d+[MD])?)?)?\Z")
    for row in map(dict, (zip(header, r) for r in rows)):
        missing = row["OBS_STATUS"] in "LMOQ"
        if (row["OBS_VALUE"] == "") != missing or not (missing or NUMBER.match(row["OBS_VALUE"])):
            errors.append(f"{row}: value and status disagree")
        if not period.match(row["TIME_PERIOD"]) or not re.match(r"-?\d+\Z", row["UNIT_MULT"]):
            errors.append(f"{row}: no SDMX period or multiplier")
        digits = len(row["OBS_VALUE"].partition(".")[2])
        if not missing and digits != int(row["DECIMALS"]):
            errors.append(f"{row}: DECIMALS is wrong")
    for section in load("report", language)["sections"]:
        for i in section["indicators"]:
            key = ("KAZ", i["id"], "_T", "_T")
            values = [r[8] for r in rows if tuple(r[3:7]) == key]
            if (i["value"] or "") not in values:
                errors.append(f"{i['id']}: the value is not in SDMX-CSV")
    return errors


def cells_of(book, sheet):
    rows = []
    for row in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{SHEET}row"):
        rows.append({re.match("[A-Z]+", c.get("r"))[0]: (c.get("t"), "".join(t.text or "" for t in c.iter()
                     if t.tag in (f"{SHEET}t", f"{SHEET}v"))) for c in row.iter(f"{SHEET}c")})
    return rows


def check_workbook(language):
    errors = []
    with zipfile.ZipFile(STORED / f"report.{language}.xlsx") as book:
        if book.testzip() is not None or any(i.date_time != (1980, 1, 1, 0, 0, 0) for i in book.infolist()):
            errors.append("the archive is damaged or carries a date")
        for part in book.namelist():
            ElementTree.fromstring(book.read(part))
        if b"<f>" in b"".join(book.read(p) for p in book.namelist()):
            errors.append("a workbook has a formula")
        numbers = cells_of(book, 4)
    rows = rows_of("report", language)
    numbers = numbers[2:] # below the title and the marks
    found = [(r["A"][1], r["G"][1].replace("[z]", ""), r["I"][1]) for r in numbers[1:]]
    told = [(r["indicator"], original(r["code"]), r["value"]) for r in rows]
    same = [a[:2] == b[:2] and (a[2] == b[2] or (b[2] == "" and not NUMBER.match(a[2]))) for a, b in zip(found, told)]
    if len(found) != len(told) or not all(same):
        errors.append("workbook and CSV differ")
    if any(r["I"][0] is not None for r in numbers[1:] if NUMBER.match(r["I"][1])):
        errors.append("a number is text in the workbook")
    errors += check_spreadsheet(language)
    return errors


def check_spreadsheet(language):
    """The workbook as openpyxl reads it: numbers are numbers, equal to those of CSV."""
    book = openpyxl.load_workbook(STORED / f"report.{language}.xlsx")
    lineage = openpyxl.load_workbook(STORED / f"lineage.{language}.xlsx")
    sheet, errors = book.worksheets[3], []
    found = [r[8].value for r in sheet.iter_rows(min_row=4)]
    told = [r["value"] for r in rows_of("report", language)]
    numbers = [(f, t) for f, t in zip(found, told) if t]
    if len(found) != len(told) or any(not isinstance(f, (int, float)) or float(f) != float(t) for f, t in numbers):
        errors.append("openpyxl reads other numbers than CSV has")
    if len(book.worksheets) != 7 or book.properties.creator != "libmtm":
        errors.append("a sheet or the properties are missing")
    if [r[1].value for r in lineage.worksheets[0].iter_rows(min_row=3)] != [
            int(s["value"]) for s in load("lineage", language)["steps"]]:
        errors.append("the lineage's sheet has other values than JSON")
    return errors


def check_page(language):
    text, errors = (STORED / f"report.{language}.html").read_text(), []
    text = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", text)
    acting = ("<script", "onclick", "javascript:alert(1)\"", " style=", "http-equiv=\"refresh")
    errors += [f"the page has {what}" for what in acting if what in text]
    if f'<html lang="{language}">' not in text or "Content-Security-Policy" not in text:
        errors.append("the page does not state its language or its policy")
    for picture in re.findall(r"<svg.*?</svg>", text, re.S):
        tree = ElementTree.fromstring(picture)
        if tree.find("title") is None or tree.find("desc") is None or not tree.find("title").text:
            errors.append("a chart has no title or description")
    ids = re.findall(r'\bid="([^"]+)"', text)
    errors += [f"the id {i} stands twice" for i in set(ids) if ids.count(i) > 1]
    errors += [f"nothing has the id {a}" for a in re.findall(r'href="#([^"]+)"', text) if a not in ids]
    return errors


def main():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    failures = []
    for language in LANGUAGES:
        for check in (check_json, check_schema_refuses, check_csv, check_sdmx, check_workbook, check_page):
            failures += [f"{language}, {check.__name__}: {e}" for e in check(language)]
    print("\n".join(failures) or f"{len(list(STORED.iterdir()))} stored forms hold")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
