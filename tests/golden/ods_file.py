"""Writes small OpenDocument spreadsheets: sheets of rows of cells, each a text, a number, or (attributes, text)."""
import zipfile
from xml.sax.saxutils import escape, quoteattr

SPACES = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
          'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
          'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
          'xmlns:dc="http://purl.org/dc/elements/1.1/"')
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(content):
    if content is None:
        return "<table:table-cell/>"
    attributes, text = content if isinstance(content, tuple) else ({}, content)
    if isinstance(text, (int, float)):
        attributes = {"office:value-type": "float", "office:value": str(text), **attributes}
    elif "office:value-type" not in attributes:
        attributes = {"office:value-type": "string", **attributes}
    name = attributes.pop("element", "table-cell") if "element" in attributes else "table-cell"
    inside = text if isinstance(text, str) and text.startswith("<") else f"<text:p>{escape(str(text))}</text:p>"
    written = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<table:{name}{written}>{inside}</table:{name}>"


def row(cells):
    attributes, cells = cells if isinstance(cells, tuple) else ({}, cells)
    written = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<table:table-row{written}>{''.join(map(cell, cells))}</table:table-row>"


def content(sheets):
    tables = "".join(f"<table:table table:name={quoteattr(name)}>{''.join(map(row, rows))}</table:table>"
                     for name, rows in sheets.items())
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>")


def write(path, sheets, raw=None):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(zipfile.ZipInfo("mimetype"), TYPE)
        file.writestr("content.xml", content(sheets) if raw is None else raw, zipfile.ZIP_DEFLATED)
        file.writestr("META-INF/manifest.xml", "<manifest/>")
