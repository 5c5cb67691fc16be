"""Workbooks that others write: openpyxl and XlsxWriter make sheets, the library reads them. Not part of the base tests:

    python tests/interop/workbooks.py build/lib/libmtm.so

A package that is not installed is skipped, and said so. The end is 0 when something ran and nothing failed, 77 when
nothing could run."""
import ctypes
import datetime
import io
import sys

from arrow_consumers import Error, Info, Options, Source, mtm, try_each

ABOUT = b"""{"name": "x", "path": "x.xlsx", "dialect": {"sheetName": "Data"}, "schema": {"fieldsMatch": ["subset"], "fields": [
 {"name": "Month", "mtm": {"role": "period"}}, {"name": "Value", "mtm": {"role": "value"}},
 {"name": "Region", "mtm": {"role": "dimension", "dimension": "area", "codelist": "none"}},
 {"name": "Sex", "mtm": {"role": "dimension", "dimension": "sex"}}]},
 "mtm": {"concept": "migration", "kind": "flow", "unit": "persons"}}"""
VALUES = [10, 305, 20.5, 0.1 + 0.2]


def read(content):
    dataset, error, options = ctypes.c_void_p(), Error(), Options(ABOUT)
    source = Source(ctypes.sizeof(Source), 1, -1, None, b"x.xlsx", content, len(content))
    status = mtm.mtm_dataset_read(ctypes.byref(source), ctypes.byref(options), ctypes.byref(dataset), ctypes.byref(error))
    assert status == 0, (error.line, error.column, error.message.decode())
    info = Info(ctypes.sizeof(Info))
    mtm.mtm_dataset_get(dataset, 0, ctypes.byref(info))
    n = info.n_observations
    answer = (mtm.mtm_dataset_column(dataset, 1, 0)[:n], info.decimals, mtm.mtm_dataset_column(dataset, 3, 0)[:n])
    mtm.mtm_dataset_free(dataset)
    return answer


def scaled(values, decimals):
    return [round(value * 10 ** decimals) for value in values]


def check(content):
    values, decimals, lines = read(content)
    assert decimals == 1 and values == scaled([10, 305, 20.5, 0.3], 1) and lines == [4, 5, 6, 7], (values, decimals, lines)


def with_openpyxl(openpyxl):
    for from_1904 in (False, True):
        book = openpyxl.Workbook()
        book.active.append(["About this table"])
        sheet = book.create_sheet("Data")
        if from_1904:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        sheet.append(["Migration by region"])
        sheet.merge_cells("A1:D1")
        sheet.append([])
        sheet.append(["Month", "Region", "Sex", "Value"])
        for i, value in enumerate(VALUES):
            sheet.append([datetime.date(2024, 1 + i // 2, 31 if i < 2 else 29), "Almaty" if i % 2 == 0 else None,
                          "MF"[i % 2], value])
            sheet.cell(4 + i, 1).number_format = "mmmm yyyy"
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("B6:B7")
        content = io.BytesIO()
        book.save(content)
        check(content.getvalue())


def with_xlsxwriter(xlsxwriter):
    for settings in ({}, {"date_1904": True}, {"constant_memory": True}):
        content = io.BytesIO()
        book = xlsxwriter.Workbook(content, {"in_memory": True, **settings})
        month = book.add_format({"num_format": "mmm yyyy"})
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Migration by region"])
        sheet.write_row(2, 0, ["Month", "Region", "Sex", "Value"])
        for i, value in enumerate(VALUES):
            sheet.write_datetime(3 + i, 0, datetime.datetime(2024, 1 + i // 2, 5), month)
            sheet.write_row(3 + i, 1, ["Almaty", "MF"[i % 2]])
            if i == 1:
                sheet.write_formula(3 + i, 3, "=300+5", None, value)
            else:
                sheet.write_number(3 + i, 3, value)
        book.close()
        check(content.getvalue())


def main():
    return try_each((("openpyxl", with_openpyxl), ("xlsxwriter", with_xlsxwriter)))


if __name__ == "__main__":
    sys.exit(main())
