"""Workbooks: the same table through the container of spreadsheets, and archives that are none."""

import io
import zipfile

from .case import check, group, resource

XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in parts.items():
            target.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(*sheets, shared=(), styles="", names=("A", "B", "C"), attributes="", extra=None):
    """The bytes of a workbook; each sheet is the XML of its rows, shared the shared strings."""
    targets = [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))]
    if shared:
        targets.append(("sharedStrings", "sharedStrings.xml"))
    if styles:
        targets.append(("styles", "styles.xml"))
    relations = "".join(f'<Relationship Id="r{i + 1}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets))
    listed = "".join(f'<sheet name="{names[i]}" sheetId="{i + 1}" {attributes if i else ""} r:id="r{i + 1}"/>' for i in range(len(sheets)))
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    for i, rows in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i + 1}.xml"] = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    if shared:
        parts["xl/sharedStrings.xml"] = f'{XML}<sst xmlns="{MAIN}">' + "".join(f"<si>{one}</si>" for one in shared) + "</sst>"
    if styles:
        parts["xl/styles.xml"] = f'{XML}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return archive({**parts, **(extra or {})})


def row(number, *cells):
    """Texts are inline strings; what begins with < stands as the inside of the cell, numbers as numbers."""
    inside = ""
    for i, cell in enumerate(cells):
        place = f'r="{chr(65 + i)}{number}"'
        if isinstance(cell, (int, float)):
            inside += f"<c {place}><v>{cell}</v></c>"
        elif cell.startswith("<"):
            inside += cell.replace("<c", f"<c {place}", 1)
        elif cell:
            inside += f'<c {place} t="inlineStr"><is><t>{cell}</t></is></c>'
    return f'<row r="{number}">{inside}</row>'


HEAD = row(1, "period", "country", "persons")
DATES = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'

group("workbooks")

check("inline texts and numbers", workbook(HEAD + row(2, "2024-Q1", "UZB", 5) + row(3, "2024-Q2", "Киргизия", 6)), "ok", (3, 2, 0, 1), "11",
      file="t.xlsx", observations=[("2024-Q1", "5", 2, "UZB"), ("2024-Q2", "6", 3, "KGZ")])
check("shared texts, in runs", workbook('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' + row(2, "2024-Q1", 5),
                                        shared=["<t>period</t>", "<r><t>per</t></r><r><t>sons</t></r>"]), "ok", (2, 1, 0, 1), "5", file="t.xlsx")
check("dates by their style", workbook(row(1, "date", "country", "persons") + row(2, '<c s="1"><v>45474</v></c>', "UZB", 5), styles=DATES), "ok",
      (2, 1, 0, 1), "5", file="t.xlsx", observations=[("2024-07-01", "5", 2, "UZB")])
check("a number in the column of dates without their style", workbook(row(1, "date", "country", "persons") + row(2, 45474, "UZB", 5)), "rejected-rows",
      (2, 0, 1, 1), None, "error PERIOD", file="t.xlsx")
check("a formula by its value", workbook(HEAD + row(2, "2024-Q1", "UZB", "<c><f>2+3</f><v>5</v></c>")), "ok", (2, 1, 0, 1), "5", file="t.xlsx")
check("a formula without its value", workbook(HEAD + row(2, "2024-Q1", "UZB", "<c><f>2+3</f></c>") + row(3, "2024-Q2", "UZB", 6)), "rejected-rows",
      (3, 1, 1, 1), "6", "note FORMULA|error NUMBER", file="t.xlsx")
check("an error of a formula", workbook(HEAD + row(2, "2024-Q1", "UZB", '<c t="e"><v>#DIV/0!</v></c>') + row(3, "2024-Q2", "UZB", 6)), "rejected-rows",
      (3, 1, 1, 1), "6", "error NUMBER", file="t.xlsx", line=2)
check("a truth value is no figure", workbook(HEAD + row(2, "2024-Q1", "UZB", '<c t="b"><v>1</v></c>') + row(3, "2024-Q2", "UZB", 6)), "rejected-rows",
      (3, 1, 1, 1), "6", "error NUMBER", file="t.xlsx", line=2)
check("a doubtful mark in a text", workbook(HEAD + row(2, "2024-Q1", "UZB", "6.640") + row(3, "2024-Q2", "UZB", 6.64)), "rejected-rows", (3, 1, 1, 1), "6.64",
      "error NUMBER_AMBIGUOUS", file="t.xlsx", line=2)
check("a number has no doubtful mark", workbook(HEAD + row(2, "2024-Q1", "UZB", 6.64) + row(3, "2024-Q2", "UZB", "<c><v>6.640</v></c>")), "ok", (3, 2, 0, 1),
      None, file="t.xlsx")
check("other sheets are noted", workbook(HEAD + row(2, "2024-Q1", "UZB", 5), HEAD + row(2, "2024-Q1", "UZB", 7)), "ok-with-notes", (2, 1, 0, 1), "5", "note SHEET",
      file="t.xlsx")
check("a chosen sheet", workbook(HEAD + row(2, "2024-Q1", "UZB", 5), HEAD + row(2, "2024-Q1", "UZB", 7)), "ok|ok-with-notes", (2, 1, 0, 1), "7", file="t.xlsx",
      resource={**resource(), "dialect": {"sheetName": "B"}})
check("a sheet that is not there", workbook(HEAD + row(2, "2024-Q1", "UZB", 5)), "error", None, None, file="t.xlsx",
      resource={**resource(), "dialect": {"sheetName": "Z"}})
check("rows that are left out of the XML", workbook(HEAD + row(5, "2024-Q1", "UZB", 5)), "ok", (5, 1, 0, 4), "5", file="t.xlsx",
      observations=[("2024-Q1", "5", 5, "UZB")])
check("an empty sheet", workbook(""), "error", None, None, "error EMPTY|error HEADER", file="t.xlsx")
check("entities that expand", workbook(HEAD, extra={"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><sst><si><t>&a;</t></si></sst>'}),
      "error", None, None, file="t.xlsx")
check("an archive that is cut", workbook(HEAD + row(2, "2024-Q1", "UZB", 5))[:-30], "error", None, None, file="t.xlsx")
check("an archive that is no workbook", archive({"a.txt": "x"}), "error", None, None, file="t.xlsx")
check("text named .xlsx", "period,country,persons\n2024-Q1,UZB,5\n", "ok|ok-with-notes|error", None, None, file="t.xlsx")
