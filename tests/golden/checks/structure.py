"""How a file is cut into rows and cells: delimiters, quotes, headers, what is not data, what is no table at all."""

import gzip
import io
import zipfile

from .case import MARK, check, group, resource

ROWS = "2024-Q1,UZB,100\n2024-Q2,UZB,200\n"
TABLE = "period,country,persons\n" + ROWS


def with_dialect(**dialect):
    described = resource()
    described["dialect"] = dialect
    return described


group("line breaks")

check("LF", TABLE, "ok", (3, 2, 0, 1), "300")
check("CRLF", TABLE.replace("\n", "\r\n"), "ok", (3, 2, 0, 1), "300")
check("CR", TABLE.replace("\n", "\r"), "ok", (3, 2, 0, 1), "300")
check("a mixture", "period,country,persons\r\n2024-Q1,UZB,100\n2024-Q2,UZB,200\r2024-Q3,UZB,1\n", "ok|ok-with-notes", (4, 3, 0, 1), "301")
check("no break after the last row", TABLE.rstrip("\n"), "ok", (3, 2, 0, 1), "300")
check("several breaks after the last row", TABLE + "\n\n\n", "ok", (6, 2, 0, 4), "300")
check("blank lines between rows", "period,country,persons\n\n2024-Q1,UZB,100\n\n\n2024-Q2,UZB,200\n", "ok", (6, 2, 0, 4), "300")
check("a line of spaces", "period,country,persons\n2024-Q1,UZB,100\n   \n2024-Q2,UZB,200\n", "ok", (4, 2, 0, 2), "300")
check("a row of empty cells", "period,country,persons\n2024-Q1,UZB,100\n,,\n2024-Q2,UZB,200\n", "ok", (4, 2, 0, 2), "300")
check("lines are counted through quoted breaks", f'period,country,persons,note\n2024-Q1,UZB,100,"one\ntwo\nthree"\n2024-Q2,UZB,{MARK}x1,\n',
      "rejected-rows", (3, 1, 1, 1), "100", "error NUMBER")
check("lines are counted through quoted CRLF", f'period,country,persons,note\r\n2024-Q1,UZB,100,"one\r\ntwo"\r\n2024-Q2,UZB,{MARK}x1,\r\n',
      "rejected-rows", (3, 1, 1, 1), "100", "error NUMBER")
check("lines end in CR where a cell is bad", f"period,country,persons\r2024-Q1,UZB,100\r2024-Q2,UZB,{MARK}1O0\r", "rejected-rows", (3, 1, 1, 1),
      "100", "error NUMBER_LETTER")
check("a line separator is no line break", "period,country,persons\n2024-Q1,UZB\u2028,100\n2024-Q2,UZB,200\n", "ok|ok-with-notes", (3, 2, 0, 1), "300")
check("a form feed before a row", "period,country,persons\n2024-Q1,UZB,100\n\f2024-Q2,UZB,200\n", "ok|ok-with-notes|rejected-rows", None, None)
check("a mark of the end of a file of DOS", TABLE + "\x1a", "ok|ok-with-notes|rejected-rows|error", None, None)

group("delimiters")

for name, delimiter in [("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|")]:
    check(f"{name} inferred", TABLE.replace(",", delimiter), "ok", (3, 2, 0, 1), "300")
    check(f"{name} declared", TABLE.replace(",", delimiter), "ok", (3, 2, 0, 1), "300", resource=with_dialect(delimiter=delimiter))
check("semicolons beside decimal commas", "period;country;persons\n2024-Q1;UZB;157,2\n2024-Q2;UZB;1,5\n", "ok", (3, 2, 0, 1), "158.7")
check("tabs beside commas in labels", "period\tcountry\tpersons\n2024-Q1\tKorea, Republic of\t5\n2024-Q2\tUZB\t6\n", "ok", (3, 2, 0, 1), "11",
      observations=[("2024-Q1", "5", 2, "KOR"), ("2024-Q2", "6", 3, "UZB")])
check("semicolons in quoted cells", 'period,country,persons,note\n2024-Q1,UZB,5,"a;b;c"\n2024-Q2,UZB,6,"d;e;f"\n', "ok", (3, 2, 0, 1), "11")
check("two delimiters fit", "period;country,persons\n2024-Q1;UZB,100\n", "error", None, None, "error DELIMITER|error HEADER|error COLUMN_MISSING")
check("another delimiter than declared", TABLE, "error", None, None, resource=with_dialect(delimiter=";"))
check("sep= names the delimiter", "sep=;\nperiod;country;persons\n2024-Q1;UZB;5\n", "ok", (3, 1, 0, 2), "5")
check("sep= in quotes", '"sep=;"\nperiod;country;persons\n2024-Q1;UZB;5\n', "ok|ok-with-notes", (3, 1, 0, 2), "5")
check("sep= names the wrong one", "sep=,\nperiod;country;persons\n2024-Q1;UZB;5\n", "error", None, None)
check("words without a delimiter", "period country persons\n2024-Q1 UZB 5\n", "error", None, None)
check("one column", "persons\n5\n6\n", "error", None, None)
check("prose", "This is a letter.\nIt has no figures, and no columns.\n", "error", None, None)

group("quotes")

check("everything quoted", '"period","country","persons"\n"2024-Q1","UZB","5"\n', "ok", (2, 1, 0, 1), "5")
check("a doubled quote", 'period,country,persons,note\n2024-Q1,UZB,5,"he said ""no"""\n', "ok", (2, 1, 0, 1), "5")
check("an empty quoted cell", 'period,country,persons,note\n2024-Q1,UZB,5,""\n', "ok", (2, 1, 0, 1), "5")
check("a quoted delimiter", 'period,country,persons\n2024-Q1,"Korea, Republic of",5\n', "ok", (2, 1, 0, 1), "5",
      observations=[("2024-Q1", "5", 2, "KOR")])
check("a quoted line break in a label", 'period,country,persons\n2024-Q1,"Russian\nFederation",5\n2024-Q2,UZB,6\n', "ok", (3, 2, 0, 1), "11",
      observations=[("2024-Q1", "5", 2, "RUS"), ("2024-Q2", "6", 4, "UZB")])
check("a quote inside a cell", f'period,country,persons\n2024-Q1,UZ{MARK}"B,5\n2024-Q2,UZB,6\n', "rejected-rows|error", None, None, "error QUOTE", line=2)
check("text after a closing quote", f'period,country,persons\n2024-Q1,"UZB"{MARK}x,5\n2024-Q2,UZB,6\n', "rejected-rows|error", None, None,
      "error QUOTE", line=2)
check("a quote that is never closed", f'period,country,persons\n2024-Q1,UZB,5\n2024-Q2,{MARK}"UZB,6\n2024-Q3,UZB,7\n', "error|rejected-rows", None, None,
      "error QUOTE")
check("a quote that is never closed in the last cell", f'period,country,persons\n2024-Q1,UZB,5\n2024-Q2,UZB,{MARK}"6', "error|rejected-rows", None, None,
      "error QUOTE")
check("an odd quote swallows a row", f'period,country,persons,note\n2024-Q1,UZB,5,"a\n2024-Q2,UZB,6,b"\n2024-Q3,UZB,7,c\n',
      "ok|ok-with-notes|rejected-rows|error", None, None)
check("single quotes declared", "period,country,persons\n2024-Q1,'Korea, Republic of',5\n", "ok", (2, 1, 0, 1), "5",
      resource=with_dialect(quoteChar="'"), observations=[("2024-Q1", "5", 2, "KOR")])
check("no quotes declared", 'period,country,persons,note\n2024-Q1,UZB,5,12" pipes\n', "ok", (2, 1, 0, 1), "5",
      resource={**with_dialect(quoteChar=""), "schema": {"fieldsMatch": ["subset"], "fields": resource()["schema"]["fields"]}})
check("quotes around numbers with groups", 'period,country,persons\n2024-Q1,UZB,"1,234,567"\n', "ok", (2, 1, 0, 1), "1234567")
check("spaces before a quote", 'period,country,persons\n2024-Q1, "UZB",5\n', "ok|ok-with-notes|rejected-rows|error", None, None)
check("doubleQuote false is refused", TABLE, "error", None, None, resource=with_dialect(doubleQuote=False))

group("ragged rows")

check("a cell is missing", "period,country,persons\n2024-Q1,UZB\n2024-Q2,UZB,200\n", "rejected-rows", (3, 1, 1, 1), "200", "error CELLS", line=2)
check("a cell too many", "period,country,persons\n2024-Q1,UZB,5,6\n2024-Q2,UZB,200\n", "rejected-rows", (3, 1, 1, 1), "200", "error CELLS", line=2)
check("a thousands comma makes a cell too many", "period,country,persons\n2024-Q1,UZB,4,001\n2024-Q2,UZB,200\n", "rejected-rows", (3, 1, 1, 1),
      "200", "error CELLS", line=2)
check("every row has a cell too many", "period,country,persons\n2024-Q1,UZB,4,001\n2024-Q2,UZB,5,002\n", "rejected-rows|error", None, None,
      "error CELLS", line=2)
check("delimiters after every row", "period,country,persons,\n2024-Q1,UZB,5,\n2024-Q2,UZB,6,\n", "ok-with-notes|ok", (3, 2, 0, 1), "11")
check("an empty cell too many", "period,country,persons\n2024-Q1,UZB,5,\n2024-Q2,UZB,6\n", "rejected-rows", (3, 1, 1, 1), "6", "error CELLS", line=2)
check("a row is cut by the end of the file", "period,country,persons\n2024-Q1,UZB,5\n2024-Q2,UZ", "rejected-rows", (3, 1, 1, 1), "5",
      "error CELLS", line=3)

group("headers")

check("an empty file", "", "error", None, None, "error EMPTY")
check("only a line break", "\n", "error", None, None, "error EMPTY")
check("only spaces", "   \n  \n", "error", None, None, "error EMPTY")
check("only a header", "period,country,persons\n", "error|ok-with-notes", (1, 0, 0, 1), None)
check("letter case and spaces of headers", " PERIOD ,Country , Persons\n2024-Q1,UZB,5\n", "ok", (2, 1, 0, 1), "5")
check("Russian headers", "период;гражданство;человек\n2024-Q1;Узбекистан;5\n", "ok", (2, 1, 0, 1), "5", observations=[("2024-Q1", "5", 2, "UZB")])
check("Kazakh headers", "кезең;азаматтығы;саны\n2024-Q1;Өзбекстан;5\n", "ok", (2, 1, 0, 1), "5", observations=[("2024-Q1", "5", 2, "UZB")])
check("English headers", "Quarter,Citizenship,Number\n2024-Q1,Uzbekistan,5\n", "ok", (2, 1, 0, 1), "5", observations=[("2024-Q1", "5", 2, "UZB")])
check("year as period", "year,country,value\n2021,UZB,5\n2022,UZB,6\n", "ok", (3, 2, 0, 1), "11",
      observations=[("2021", "5", 2, "UZB"), ("2022", "6", 3, "UZB")])
check("arrivals and departures are two value columns", "period,arrivals,departures\n2024-Q1,5,6\n2024-Q2,7,8\n", "ok", (3, 2, 0, 1),
      {"arrivals": "12", "departures": "14"})
check("two columns of one name", f"period,country,persons,{MARK}persons\n2024-Q1,UZB,5,6\n", "error", None, None, "error COLUMN_TWICE", line=1)
check("two columns of one name but for case", f"period,country,persons,{MARK}Persons\n2024-Q1,UZB,5,6\n", "error", None, None,
      "error COLUMN_TWICE", line=1)
check("a column without a name", "period,country,,persons\n2024-Q1,UZB,a,5\n", "ok-with-notes", (2, 1, 0, 1), "5", line=1)
check("a figure column without a name", "period,country,persons,\n2024-Q1,UZB,5,6\n", "ok-with-notes|error", None, None, line=1)
check("a column that nobody knows", "period,country,shoe size,persons\n2024-Q1,UZB,43,5\n", "ok-with-notes|error", None, None, line=1)
check("no value column", "period,country\n2024-Q1,UZB\n", "error", None, None)
check("a declared column is missing", "period,country,people\n2024-Q1,UZB,5\n", "error", None, None, "error COLUMN_MISSING|error COLUMN_UNKNOWN", resource=resource())
check("a column that is not declared", "period,country,persons,more\n2024-Q1,UZB,5,6\n", "error", None, None, "error COLUMN_UNKNOWN",
      resource=resource())
check("declared columns in another order", "persons,country,period\n5,UZB,2024-Q1\n", "ok", (2, 1, 0, 1), "5", resource=resource())
check("declared names differ in case", "Period,COUNTRY,persons\n2024-Q1,UZB,5\n", "ok", (2, 1, 0, 1), "5", resource=resource())
check("no header, fields name the columns", "2024-Q1,UZB,5\n2024-Q2,UZB,6\n", "ok", (2, 2, 0, 0), "11",
      resource={**resource(), "dialect": {"header": False}})
check("no header and none declared", "2024-Q1,UZB,5\n2024-Q2,UZB,6\n", "error", None, None)
check("two header rows declared", "period,country,persons\n,,total\n2024-Q1,UZB,5\n", "ok", (3, 1, 0, 2), "5",
      resource={"name": "t", "path": "t.csv", "dialect": {"headerRows": [1, 2]}, "schema": {"fields": [
          {"name": "period", "mtm": {"role": "period"}}, {"name": "country", "mtm": {"role": "dimension"}},
          {"name": "persons total", "mtm": {"role": "value"}}]}, "mtm": {"concept": "migration"}})
check("the header in row three declared", "Migration\n\nperiod,country,persons\n2024-Q1,UZB,5\n", "ok", (4, 1, 0, 3), "5",
      resource={**resource(), "dialect": {"headerRows": [3]}})
check("a header of numbers only", "1,2,3\n2024-Q1,UZB,5\n", "error", None, None)

group("rows that are no data")

check("a title above the header", "Migration of the population of Kazakhstan\nperiod,country,persons\n2024-Q1,UZB,5\n2024-Q2,UZB,6\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "11")
check("a preamble of three lines", "Migration\npersons\n\nperiod,country,persons\n2024-Q1,UZB,5\n2024-Q2,UZB,6\n", "ok|ok-with-notes", (6, 2, 0, 4), "11")
check("preamble declared", "Migration\npersons\nperiod,country,persons\n2024-Q1,UZB,5\n", "ok", (4, 1, 0, 3), "5",
      resource={**resource(), "dialect": {"commentRows": [1, 2]}})
check("a note below", TABLE + "Source: Bureau of National Statistics\n", "ok|ok-with-notes", (4, 2, 0, 2), "300")
check("a Russian note below", TABLE + "Примечание: предварительные данные\n", "ok|ok-with-notes", (4, 2, 0, 2), "300")
check("a starred note below", TABLE + "* preliminary\n", "ok|ok-with-notes", (4, 2, 0, 2), "300")
check("a note padded with delimiters", TABLE + "Source: Bureau of National Statistics,,\n", "ok|ok-with-notes", (4, 2, 0, 2), "300")
check("a blank line and a note", TABLE + "\nSource: Bureau of National Statistics\n", "ok|ok-with-notes", (5, 2, 0, 3), "300")
check("comments declared", "# made by hand\nperiod,country,persons\n# first\n2024-Q1,UZB,5\n", "ok", (4, 1, 0, 3), "5",
      resource={**resource(), "dialect": {"commentChar": "#"}})
check("a comment that is not declared", "period,country,persons\n# first\n2024-Q1,UZB,5\n", "ok|ok-with-notes|rejected-rows", None, "5")
check("the header repeated", "period,country,persons\n2024-Q1,UZB,5\nperiod,country,persons\n2024-Q2,UZB,6\n", "ok|ok-with-notes", (4, 2, 0, 2), "11")
check("a second table below", "period,country,persons\n2024-Q1,UZB,5\n\nregion,sector,value\nAbai,F,7\n", "rejected-rows|error", None, None, line=4)
check("a second table of the same columns", "period,country,persons\n2024-Q1,UZB,5\n\nperiod,country,persons\n2024-Q2,UZB,6\n", "ok|ok-with-notes",
      (5, 2, 0, 3), "11")
check("a second table of other widths", "period,country,persons\n2024-Q1,UZB,5\n\nyear,value\n2024,7\n", "rejected-rows|error", None, None, line=4)
check("a second table that is wider", "period,country,persons\n2024-Q1,UZB,5\n\nperiod,country,sex,persons\n2024-Q2,UZB,M,7\n", "error", None, None,
      "error SECOND_TABLE", line=4)
check("commas that part as evenly as semicolons", "Страна;2022;2023;Темп роста, %\nУзбекистан;100;200;200,0\nРоссия;50;60;120,0\n",
      "ok-with-notes", (3, 2, 0, 1), {"2022": "150", "2023": "260"})
check("shares beside figures", 'period,men,women,"men, %","women, %"\n2024-Q1,60,40,60,40\n', "ok-with-notes", (2, 1, 0, 1), {"men": "60", "women": "40"})
check("sexes under quarters", "Страна;2024-Q1;;;2024-Q2;;\n;всего;мужчины;женщины;всего;мужчины;женщины\nУзбекистан;3;1;2;7;3;4\n", "ok", (3, 1, 0, 2),
      {"2024-Q1 всего": "3", "2024-Q1 мужчины": "1", "2024-Q1 женщины": "2", "2024-Q2 всего": "7", "2024-Q2 мужчины": "3",
       "2024-Q2 женщины": "4"}, observations=[("2024-Q1", "3", 3), ("2024-Q1", "1", 3), ("2024-Q1", "2", 3), ("2024-Q2", "7", 3),
                                              ("2024-Q2", "3", 3), ("2024-Q2", "4", 3)])
check("directions of years", "country,arrivals 2023,departures 2023,arrivals 2024,departures 2024\nUZB,1,2,3,4\n", "ok", (2, 1, 0, 1),
      {"arrivals 2023": "1", "departures 2024": "4"}, observations=[("2023", "1", 2), ("2023", "2", 2), ("2024", "3", 2), ("2024", "4", 2)])
check("sexes of quarters that do not add up", "country,2024-Q1 total,2024-Q1 men,2024-Q1 women\nUZB,4,1,2\n", "ok-with-notes", (2, 1, 0, 1),
      None, "note TOTAL", line=2)
check("letters and one number under the header", "Период;Страна;Численность\nА;Б;1\n2024-Q1;Узбекистан;100\n", "ok-with-notes", (3, 1, 0, 2), "100",
      "note NOT_DATA", line=2)
check("units under the header", "period,country,persons\n,,thousand\n2024-Q1,UZB,5\n", "rejected-rows|error|ok-with-notes", None, None, line=2)
check("column numbers under the header", "period,country,persons\n1,2,3\n2024-Q1,UZB,5\n", "rejected-rows|ok-with-notes", None, "5", line=2)
check("only wanted rows are read", "period,country,series,persons\n2024-Q1,UZB,arrivals,5\n2024-Q1,UZB,departures,7\n", "ok", (3, 1, 0, 2), "5",
      resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration", "rows": {"series": ["arrivals"]}}})

group("no tables")


def zipped(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), "<xml/>")
    return out.getvalue()


check("HTML named .csv", "<!DOCTYPE html>\n<html><body><table><tr><td>2024-Q1</td></tr></table></body></html>\n", "error", None, None, says="HTML")
check("HTML after blanks", "\n\n  <html>\n<head></head>\n", "error", None, None, says="HTML")
check("a page of a proxy", "<html><head><title>403 Forbidden</title></head></html>", "error", None, None, says="HTML")
check("XML", '<?xml version="1.0"?>\n<message:GenericData/>\n', "error", None, None, says="XML")
check("JSON, an object", '{"period": "2024-Q1", "persons": 5}\n', "error", None, None, says="JSON")
check("JSON, an array", '[{"period": "2024-Q1", "persons": 5}]\n', "error", None, None, says="JSON")
check("a workbook named .csv", zipped(["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]), "error", None, None)
check("a ZIP archive named .csv", zipped(["a.csv"]), "error", None, None, says="ZIP")
check("an old workbook named .csv", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504), "error", None, None)
check("gzip named .csv", gzip.compress(TABLE.encode(), mtime=0), "error|ok-with-notes", None, None)
check("PDF named .csv", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "error", None, None, says="PDF")
check("Parquet named .csv", b"PAR1" + bytes(range(1, 200)) + b"PAR1", "error", None, None)
check("random bytes", bytes((i * 167 + 13) % 251 for i in range(4096)), "error", None, None)

group("limits")

check("a cell of a mebibyte and a byte", "period,country,persons,note\n2024-Q1,UZB,5," + "a" * (1 << 20) + "b\n2024-Q2,UZB,6,\n",
      "rejected-rows|error", None, None, "error FIELD_LIMIT", line=2)
check("a cell of just a mebibyte", "period,country,persons,note\n2024-Q1,UZB,5," + "a" * (1 << 20) + "\n2024-Q2,UZB,6,\n", "ok", (3, 2, 0, 1), "11")
check("five thousand columns", ",".join(f"c{i}" for i in range(5000)) + "\n" + ",".join("1" for i in range(5000)) + "\n", "error", None, None,
      "error COLUMN_LIMIT", says="4096")
check("a row of seventeen mebibytes", "period,country,persons\n2024-Q1,UZB,5" + ("," + "a" * (1 << 19)) * 34 + "\n", "error|rejected-rows",
      None, None, line=2)
check("a header that never ends", "a" * (2 << 20), "error", None, None)

group("awkward columns")

check("a column of per cents is no breakdown", "period,country,persons,share\n2024-Q1,UZB,5,50%\n2024-Q1,KGZ,5,50%\n", "ok-with-notes", (3, 2, 0, 1), "10",
      "note COLUMN_UNKNOWN", line=1)
check("figures with per cent signs, and no others", f"period,country,{'value'}\n2024-Q1,UZB,{MARK}50%\n2024-Q1,KGZ,51%\n", "rejected-rows", (3, 0, 2, 1), None,
      "error NUMBER_AROUND")
check("year and quarter in two columns", "year,quarter,country,persons\n2024,1,UZB,5\n2024,2,UZB,6\n", "ok", (3, 2, 0, 1), "11",
      observations=[("2024-Q1", "5", 2, "UZB"), ("2024-Q2", "6", 3, "UZB")])
check("year and month in two columns", "год;месяц;страна;человек\n2024;январь;Узбекистан;5\n2024;февраль;Узбекистан;6\n", "ok", (3, 2, 0, 1), "11",
      observations=[("2024-01", "5", 2, "UZB"), ("2024-02", "6", 3, "UZB")])
check("a year and a quarter that contradict", f"period,year,country,persons\n2024-Q1,2024,UZB,5\n2024-Q2,2023,UZB,6\n", "rejected-rows", (3, 1, 1, 1), "5",
      "error PERIOD_PARTS", line=3)
check("quarters as columns without a year", "country,Q1,Q2\nUZB,5,6\n", "error", None, None, "error COLUMN_UNSURE")
check("a cell of a formula that is text", f'period,country,persons\n2024-Q1,UZB,={MARK}"5"\n2024-Q2,UZB,7\n', "rejected-rows", (3, 1, 1, 1), "7", "error QUOTE")
check("an apostrophe before a figure", f"period,country,persons\n2024-Q1,UZB,{MARK}'5\n2024-Q2,UZB,7\n", "rejected-rows", (3, 1, 1, 1), "7", "error NUMBER_GROUPS")
check("hashes of a narrow column", f"period,country,persons\n2024-Q1,UZB,{MARK}####\n2024-Q2,UZB,7\n", "rejected-rows", (3, 1, 1, 1), "7", "error NUMBER")
check("every line is one quoted cell", '"period,country,persons"\n"2024-Q1,UZB,5"\n"2024-Q2,KGZ,7"\n', "error", None, None, "error HEADER|error DELIMITER")
check("one line has another delimiter", f"period,country,persons\n{MARK}2024-Q1;UZB;5\n2024-Q2,UZB,7\n", "rejected-rows", (3, 1, 1, 1), "7", "error CELLS")
check("two tables side by side", f"period,country,persons,,{MARK}period,country,persons\n2024-Q1,UZB,5,,2023-Q1,UZB,4\n", "error", None, None, "error COLUMN_TWICE")
check("a period stands only in the first row of its block", f"period,country,persons\n2024-Q1,UZB,5\n{MARK},KGZ,6\n2024-Q2,UZB,7\n,KGZ,8\n", "ok-with-notes",
      (5, 4, 0, 1), "26", "note FILLED", observations=[("2024-Q1", "5", 2), ("2024-Q1", "6", 3), ("2024-Q2", "7", 4), ("2024-Q2", "8", 5)])
check("a country stands only in the first row of its block", "country,period,persons\nUZB,2024-Q1,5\n,2024-Q2,6\nKGZ,2024-Q1,7\n,2024-Q2,8\n", "ok-with-notes",
      (5, 4, 0, 1), "26", "note FILLED", line=3)
check("a row without a label may be the total of its block", "country,period,persons\nUZB,2024-Q1,5\nKGZ,2024-Q1,6\n,2024-Q1,11\n", "ok-with-notes",
      (4, 3, 0, 1), "22", "note LABEL_EMPTY|note MAY_BE_TOTAL")
check("a total without a label", f"period,country,persons\n2024-Q1,UZB,5\n2024-Q1,KGZ,6\n{MARK},,11\n", "rejected-rows", (4, 2, 1, 1), "11", "error PERIOD")
check("a total in the column of the period", f"period,country,persons\n2024-Q1,UZB,5\n2024-Q2,UZB,6\n{MARK}Total,UZB,11\n", "ok-with-notes", (4, 2, 0, 2), "11",
      "note HEADING")
check("thousands in the header are kept as a multiplier", f"период;страна;{MARK}тыс. человек\n2024-Q1;Узбекистан;5,5\n", "ok-with-notes", (2, 1, 0, 1), "5.5",
      "note UNIT")
check("dates of a spreadsheet as plain numbers", f"date,country,persons\n{MARK}45383,UZB,5\n45384,UZB,7\n", "rejected-rows", (3, 0, 2, 1), None, "error PERIOD")
check("Hijri dates", f"period,country,persons\n{MARK}1445-09-01,UZB,5\n", "rejected-rows", (2, 0, 1, 1), None, "error PERIOD")
check("CR CR LF", "period,country,persons\r\r\n2024-Q1,UZB,5\r\r\n2024-Q2,UZB,7\r\r\n", "ok", None, "12")
check("numbers of rows in the first column", "№,период,страна,человек\n1,2024-Q1,Узбекистан,5\n2,2024-Q1,Киргизия,6\n", "ok|ok-with-notes", (3, 2, 0, 1), "11")
check("codes beside names", "period,country,code,persons\n2024-Q1,UZB,860,5\n2024-Q1,KGZ,417,6\n", "ok|ok-with-notes", (3, 2, 0, 1), "11")
check("a figure in words", f"period,country,persons\n2024-Q1,UZB,{MARK}zero\n2024-Q2,UZB,7\n", "rejected-rows", (3, 1, 1, 1), "7", "error NUMBER")
check("decimals of both kinds", f"period;country;persons\n2024-Q1;UZB;1,5\n2024-Q2;UZB;{MARK}2.5\n", "rejected-rows", (3, 1, 1, 1), "1.5", "error MARKS_DISAGREE")
check("Latin Kazakh headers", "kezeń,azamattyǵy,sany\n2024-Q1,Ózbekstan,5\n", "ok", (2, 1, 0, 1), "5", observations=[("2024-Q1", "5", 2, "UZB")])
check("a column of releases", "period,release,country,persons\n2024-Q1,2024-05-01,UZB,5\n2024-Q1,2024-08-01,UZB,6\n", "ok", (3, 2, 0, 1), None)
check("a remark that begins with dashes", f"period,country,persons\n2024-Q1,UZB,5\n{MARK}-- end of report --\n", "rejected-rows|ok-with-notes", None, "5")
check("a page break inside the table", f"period,country,persons\n2024-Q1,UZB,5\n{MARK}Page 2 of 3,,\nperiod,country,persons\n2024-Q2,UZB,6\n", "rejected-rows",
      (5, 2, 1, 2), "11", "error PERIOD")
check("units in a row of their own", f"period,country,remittances\n,,{MARK}million USD\n2024-Q1,UZB,157.2\n", "ok-with-notes", (3, 1, 0, 2), "157.2", "note UNIT")
check("two units in SDMX-CSV", "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nA:B(1),KAZ,2024-Q1,5,PS\nA:B(1),KAZ,2024-Q2,5.5,USD\n", "error",
      None, None, "error UNIT", line=3)
check("a table of Markdown", "| period | country | persons |\n|---|---|---|\n| 2024-Q1 | UZB | 5 |\n", "rejected-rows|error", None, None)
check("columns of a fixed width", "period   country  persons\n2024-Q1  UZB      5\n2024-Q2  KGZ      6\n", "error", None, None)
check("lines of JSON", '{"period":"2024-Q1","persons":5}\n{"period":"2024-Q2","persons":6}\n', "error", None, None, says="JSON")
check("UTF-7 is a label that nobody knows", "period,country,persons\n2024-Q1,+BCMENwQxBDUEOgQ4BEEEQgQwBD0-,5\n", "ok-with-notes", (2, 1, 0, 1), "5",
      "note LABEL_UNKNOWN", line=2)
check("entities of HTML", "period,country,persons\n2024-Q1,UZB,&nbsp;5\n2024-Q2,UZB,6\n", "rejected-rows", (3, 1, 1, 1), "6", "error NUMBER", line=2)

group("descriptions against files")


def fields(*described, **mtm):
    return {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": name, "mtm": own} for name, own in described]},
            "mtm": {"concept": "migration", **mtm}}


PERIOD = ("period", {"role": "period"})
VALUE = ("persons", {"role": "value"})
check("an edition that there is none of", f"period,edition,persons\n2024-Q1,first,5\n2024-Q2,{MARK}second,6\n", "rejected-rows", (3, 1, 1, 1), "5",
      "error EDITION", resource=fields(PERIOD, ("edition", {"role": "edition"}), VALUE))
check("a status that there is none of", f"period,status,persons\n2024-Q1,A,5\n2024-Q2,{MARK}Z,6\n", "rejected-rows", (3, 1, 1, 1), "5",
      "error STATUS", resource=fields(PERIOD, ("status", {"role": "status"}), VALUE))
check("a figure where the status says there is none", f"period,status,persons\n2024-Q1,A,5\n2024-Q2,O,{MARK}6\n", "rejected-rows", (3, 1, 1, 1), "5",
      "error STATUS", resource=fields(PERIOD, ("status", {"role": "status"}), VALUE))
check("a status with its figure", "period,status,persons\n2024-Q1,P,5\n2024-Q2,Q,\n", "ok", (3, 2, 0, 1), "5", missing=1,
      resource=fields(PERIOD, ("status", {"role": "status"}), VALUE))
check("a declared member that its list does not have", "period,persons\n2024-Q1,5\n", "error", None, None, None,
      resource=fields(PERIOD, ("persons", {"role": "value", "members": {"sex": "X9"}})))
check("a point where spaces group and commas begin decimals", f"period;persons\n2024-Q1;1 234,5\n2024-Q2;{MARK}157.2\n", "rejected-rows", (3, 1, 1, 1), "1234.5",
      "error NUMBER_MARK", resource={**fields(PERIOD, VALUE, multiplier=3, numbers={"groupChar": " ", "decimalChar": ","})})
check("a figure that does not fit beside nine decimals", f"period,persons\n2024-Q1,0.123456789\n2024-Q2,{MARK}9223372036854775807\n", "rejected-rows|error",
      None, None, "error OVERFLOW|error NUMBER_RANGE", resource=fields(PERIOD, VALUE, multiplier=3))
check("a column in thousands beside one in persons", "period,arrivals,departures\n2024-Q1,5.5,3000\n", "ok", (2, 1, 0, 1), None,
      resource=fields(PERIOD, ("arrivals", {"role": "value", "multiplier": 3, "members": {"direction": "IN"}}),
                      ("departures", {"role": "value", "members": {"direction": "OUT"}})), observations=[("2024-Q1", "5500", 2, "IN"), ("2024-Q1", "3000", 2, "OUT")])
check("a note and a source column", "period,persons,note,source\n2024-Q1,5,preliminary,https://example.org\n2024-Q2,6,,same\n", "ok", (3, 2, 0, 1), "11",
      resource=fields(PERIOD, VALUE, ("note", {"role": "note"}), ("source", {"role": "source"})))
check("fieldsMatch subset takes more columns", "period,persons,more\n2024-Q1,5,x\n", "ok|ok-with-notes", (2, 1, 0, 1), "5",
      resource={**fields(PERIOD, VALUE), "schema": {"fieldsMatch": ["subset"], "fields": fields(PERIOD, VALUE)["schema"]["fields"]}})
check("fieldsMatch superset takes fewer columns", "period,persons\n2024-Q1,5\n", "ok|ok-with-notes", (2, 1, 0, 1), "5",
      resource={**fields(PERIOD, VALUE), "schema": {"fieldsMatch": ["superset"], "fields": fields(PERIOD, VALUE, ("more", {"role": "note"}))["schema"]["fields"]}})
