"""Numbers in the value column: what is read, what stands for no value, what is refused. From docs/numbers.md."""

from .case import HEADER, MARK, check, group, resource


def in_table(cell):
    """The cell in the third row of a column that proves nothing about marks."""
    return f"{HEADER}2024-Q1\tUZB\t100\n2024-Q2\tUZB\t{MARK}{cell}\n2024-Q3\tUZB\t1\n"


def plus_101(value):
    whole, _, part = value.lstrip("-").partition(".")
    scale = 10 ** len(part)
    units = int(whole + part) * (-1 if value.startswith("-") else 1) + 101 * scale
    digits = str(abs(units)).rjust(len(part) + 1, "0")
    text = digits if not part else f"{digits[:-len(part)]}.{digits[-len(part):]}"
    return ("-" if units < 0 else "") + text


def read(cell, value, note=None, **fields):
    text, more = in_table(cell), {}
    if note is None:
        text = text.replace(MARK, "")
    check(f"{cell!r} is {value}" + (f" with {fields}" if fields else ""), text, "ok-with-notes" if note else "ok", (4, 3, 0, 1),
          plus_101(value), f"note {note}" if note else None, missing=0,
          resource=resource(fields) if fields else None, **more)


def empty(cell, note=None, **fields):
    text = in_table(cell)
    if note is None:
        text = text.replace(MARK, "")
    check(f"{cell!r} is no value" + (f" with {fields}" if fields else ""), text, "ok-with-notes" if note else "ok",
          (4, 3, 0, 1), "101", f"note {note}" if note else None, missing=1, resource=resource(fields) if fields else None)


def refused(cell, code, **fields):
    check(f"{cell!r} is refused" + (f" with {fields}" if fields else ""), in_table(cell), "rejected-rows", (4, 2, 1, 1), "101",
          f"error {code}", missing=0, resource=resource(fields) if fields else None)


group("numbers")

for cell, value in [
        ("0", "0"), ("5", "5"), ("-5", "-5"), ("+5", "5"), ("-0", "0"), (" 42 ", "42"), ("4001714", "4001714"),
        ("9007199254740993", "9007199254740993"), ("157.2", "157.2"), ("157.20", "157.20"), (".5", "0.5"),
        ("0.640", "0.640"), ("1234.567", "1234.567"), ("0.123456789", "0.123456789"), ("157,2", "157.2"), ("0,5", "0.5"),
        ("1234,567", "1234.567"), ("14 256", "14256"), ("1 598 656", "1598656"),
        ("1\u00a0598\u00a0656", "1598656"), ("1\u202f598\u202f656", "1598656"), ("1\u2009598\u2009656", "1598656"),
        ("1\u2007598", "1598"), ("-5 561", "-5561"), ("1'598'656", "1598656"), ("1\u2019598", "1598"),
        ("1 234 567,8", "1234567.8"), ("1 234,567", "1234.567"), ("1,234,567", "1234567"), ("1.234.567", "1234567"),
        ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1,234,567.89", "1234567.89"), ("\u22125", "-5"),
        ("9223372036854775706", "9223372036854775706")]:
    read(cell, value)
for cell, value in [("12,34,567", "1234567"), ("1,23,45,678", "12345678"), ("12,34,567.50", "1234567.50")]:
    read(cell, value) # lakh and crore
for cell, value in [("\u06f1\u06f2\u06f3", "123"), ("\u06f1\u066c\u06f2\u06f3\u06f4", "1234"), ("\u0661\u0662\u066b\u0665", "12.5"),
                    ("\u06f1\u06f2\u060c\u06f3\u06f4\u060c\u06f5\u06f6\u06f7", "1234567")]:
    read(cell, value, "NUMBER_DIGITS") # Persian and Arabic digits with their marks
read("007", "7", "NUMBER_ZEROS")
read("\u20135", "-5", "NUMBER_SIGN")
read("\uff11\uff12\uff13", "123", "NUMBER_DIGITS")
read("\u0661\u0662\u0663", "123", "NUMBER_DIGITS")
for cell, value, fields in [
        ("6.640", "6.640", {"decimalChar": "."}), ("6,640", "6.640", {"decimalChar": ","}),
        ("6.640", "6640", {"groupChar": "."}), ("6,640", "6640", {"groupChar": ","}),
        ("6,640.5", "6640.5", {"groupChar": ",", "decimalChar": "."}), ("6.640,5", "6640.5", {"groupChar": ".", "decimalChar": ","}),
        ("14 256 чел.", "14256", {"bareNumber": False}),
        ("16,1 тыс.", "16100", {"words": True}), ("6,6 тыс.", "6600", {"words": True}), ("4 млн 399 тыс.", "4399000", {"words": True}),
        ("3 million", "3000000", {"words": True}), ("1,5 млрд", "1500000000", {"words": True}), ("3 мың", "3000", {"words": True}),
        ("-", "0", {"zero": ["-"]}), ("\u2014", "0", {"zero": ["-"]})]:
    read(cell, value, **fields)
read("(5)", "-5", "NEGATIVE", parentheses=True)
read("(1 598)", "-1598", "NEGATIVE", parentheses=True)
for cell in ["12*", "12 1)", "12\u00b9", "12 (sic)"]:
    read(cell, "12", "NUMBER_FOOTNOTE", footnotes=True)

for cell in ["", "   ", "\u00a0", "...", "..", "\u2026", "Not available", "нет данных", "н/д", "дерек жоқ",
             "not applicable", "неприменимо", "confidential", "конфиденциально", "құпия"]:
    empty(cell)
for cell in ["x", "\u0445", "n/a", "NA", "nan", "NULL", "none"]:
    empty(cell, "NUMBER_ASSUMED")
for cell, fields in [("-999", {"missingValues": ["", "-999"]}), ("-", {"notApplicable": ["-"]}), ("-", {"notAvailable": ["-"]}),
                     ("-", {"missingValues": ["", "-"]}), ("?", {"notAvailable": ["?"]}), ("<5", {"censored": True}),
                     ("менее 5", {"censored": True}), ("less than 5", {"censored": True}), ("x", {"notApplicable": ["x"]})]:
    empty(cell, **fields)

for cell, code in [
        ("6.640", "NUMBER_AMBIGUOUS"), ("6,640", "NUMBER_AMBIGUOUS"), ("16.640", "NUMBER_AMBIGUOUS"), ("160,640", "NUMBER_AMBIGUOUS"),
        ("-6.640", "NUMBER_AMBIGUOUS"), ("12 34", "NUMBER_GROUPS"), ("1598 656", "NUMBER_GROUPS"), ("0 598", "NUMBER_GROUPS"),
        ("1  598", "NUMBER_GROUPS"), ("12,34,56", "NUMBER_GROUPS"), ("1.2.3", "NUMBER_GROUPS"), ("5.", "NUMBER_GROUPS"),
        ("01.07.2024", "NUMBER_GROUPS"), ("2024-07-01", "NUMBER_INTERVAL"), ("05.2024", "NUMBER_ZEROS"), ("1/7/2024", "NUMBER"),
        ("9223372036854775808", "NUMBER_RANGE"), ("-9223372036854775809", "NUMBER_RANGE"), ("7" * 400, "NUMBER_RANGE"),
        ("0.1234567891", "NUMBER_RANGE"), ("157.19999999999999", "NUMBER_RANGE"), ("1e5", "NUMBER_EXPONENT"),
        ("1.5E+05", "NUMBER_EXPONENT"), ("0x1F", "NUMBER"), ("inf", "NUMBER"), ("1/2", "NUMBER"), ("\u00bd", "NUMBER"),
        ("true", "NUMBER"), ("=1+1", "NUMBER"), ("#DIV/0!", "NUMBER"), ("#N/A", "NUMBER"), ("в 3,1 раза", "NUMBER"),
        ("five", "NUMBER"), ("VII", "NUMBER"), ("12a", "NUMBER"), ("\u2460", "NUMBER"), ("1O5", "NUMBER_LETTER"),
        ("1\u041e5", "NUMBER_LETTER"), ("15\u0417", "NUMBER_LETTER"), ("l5", "NUMBER_LETTER"), ("1\u06623", "NUMBER_DIGITS"),
        ("\u2013 5", "NUMBER_SIGN"), ("\u20145", "NUMBER_SIGN"), ("- 5", "NUMBER_SIGN"), ("--5", "NUMBER"), ("5-", "NUMBER"),
        ("-", "NUMBER_DASH"), ("\u2013", "NUMBER_DASH"), ("\u2014", "NUMBER_DASH"), ("(5)", "NUMBER_PARENTHESES"),
        ("50,0 %", "NUMBER_AROUND"), ("$5", "NUMBER_AROUND"), ("5 чел.", "NUMBER_AROUND"), ("16,1 тыс.", "NUMBER_WORDS"),
        ("4 млн 399 тыс.", "NUMBER_WORDS"), ("12*", "NUMBER_FOOTNOTE"), ("12 1)", "NUMBER_FOOTNOTE"), ("12\u00b2", "NUMBER_FOOTNOTE"),
        ("<5", "NUMBER_CENSORED"), (">100", "NUMBER_CENSORED"), ("~5", "NUMBER_CENSORED"), ("5-7", "NUMBER_INTERVAL"),
        ("5\u20137", "NUMBER_INTERVAL"), ("c", "NUMBER"), (":", "NUMBER"), ("*", "NUMBER"), ("?", "NUMBER")]:
    refused(cell, code)
for cell, code, fields in [
        ("157.2", "NUMBER_GROUPS", {"decimalChar": ","}), ("157,2", "NUMBER_GROUPS", {"decimalChar": "."}),
        ("1.234.567", "NUMBER_GROUPS", {"groupChar": ",", "decimalChar": "."}), ("5 км", "NUMBER", {"bareNumber": False}),
        ("50,0 %", "UNIT", {"bareNumber": False}), ("$5", "UNIT", {"bareNumber": False}),
        (">100", "NUMBER_CENSORED", {"censored": True}), ("121)", "NUMBER", {"footnotes": True}),
        ("4 тыс. 4 млн", "NUMBER", {"words": True}), ("9223372036854775807 тыс.", "NUMBER_RANGE", {"words": True}),
        ("(-5)", "NUMBER", {"parentheses": True}), ("-998", None, {"missingValues": ["", "-999"]})]:
    if code:
        refused(cell, code, **fields)
    else:
        read(cell, "-998", "NEGATIVE", **fields)

group("figures that no count has")

for figure, code, fields in [("-999", "error SENTINEL", {}), ("-99", "error SENTINEL", {}), ("99999", "note SENTINEL", {}),
                             ("-5", "note NEGATIVE", {}), ("12.5", "note FRACTION", {"decimalChar": "."})]:
    refuses = code.startswith("error")
    check(f"{figure} persons", in_table(figure), "rejected-rows" if refuses else "ok-with-notes",
          (4, 2, 1, 1) if refuses else (4, 3, 0, 1), "101" if refuses else plus_101(figure), code,
          resource={**resource(fields), "mtm": {"concept": "migration", "kind": "flow", "unit": "persons"}})
    check(f"{figure} as a balance", in_table(figure).replace(MARK, ""), "ok", (4, 3, 0, 1), plus_101(figure),
          resource={**resource(fields), "mtm": {"concept": "net-migration", "kind": "flow", "unit": "persons"}})
check("-999 declared", in_table("-999").replace(MARK, ""), "ok", (4, 3, 0, 1), "101", missing=1,
      resource=resource({"missingValues": ["", "-999"]}))
check("-999 where nothing is declared", in_table("-999"), "ok-with-notes", (4, 3, 0, 1), "-898", "note SENTINEL")

group("number columns")

check("the sum of a column leaves 64 bits", f"{HEADER}2024-Q1\tUZB\t9223372036854775807\n2024-Q2\tUZB\t9223372036854775807\n",
      "ok", (3, 2, 0, 1), "18446744073709551614")
check("the sum of negatives leaves 64 bits", f"{HEADER}2024-Q1\tUZB\t-9223372036854775808\n2024-Q2\tUZB\t-9223372036854775808\n",
      "ok", (3, 2, 0, 1), "-18446744073709551616")
check("decimals of several lengths", f"{HEADER}2024-Q1\tUZB\t1.5\n2024-Q2\tUZB\t2.25\n2024-Q3\tUZB\t3\n", "ok", (4, 3, 0, 1), "6.75")
check("a tenth ten times is one", HEADER + "".join(f"{y}\tUZB\t0.1\n" for y in range(2011, 2021)), "ok", (11, 10, 0, 1), "1.0")
check("a comma groups here and begins decimals there", f"{HEADER}2024-Q1\tUZB\t1,234,567\n2024-Q2\tUZB\t{MARK}157,2\n",
      "rejected-rows|error", (3, 1, 1, 1), None, "error MARKS_DISAGREE")
check("a point groups here and begins decimals there", f"{HEADER}2024-Q1\tUZB\t1.234.567\n2024-Q2\tUZB\t{MARK}157.2\n",
      "rejected-rows|error", (3, 1, 1, 1), None, "error MARKS_DISAGREE")
check("every figure of a column is in doubt", f"{HEADER}2024-Q1\tUZB\t{MARK}6.640\n2024-Q2\tUZB\t7.123\n", "rejected-rows", (3, 0, 2, 1), None,
      "error NUMBER_AMBIGUOUS", found="6.640")
check("two bad cells in one row are one refused row", "period\tcountry\tarrivals\tdepartures\n2024-Q1\tUZB\t▸6.640\t7.123\n2024-Q2\tUZB\t1\t2\n",
      "rejected-rows", (3, 1, 1, 1), {"arrivals": "1", "departures": "2"}, "error NUMBER_AMBIGUOUS")
check("a bad cell keeps its neighbour out too", "period\tcountry\tarrivals\tdepartures\n2024-Q1\tUZB\t5\t▸1O\n2024-Q2\tUZB\t1\t2\n",
      "rejected-rows", (3, 1, 1, 1), {"arrivals": "1", "departures": "2"}, "error NUMBER_LETTER")
check("quoted numbers", '"period","country","persons"\n"2024-Q1","UZB","24 876"\n"2024-Q2","UZB","-5 561"\n', "ok", (3, 2, 0, 1), "19315")
check("a quoted comma", 'period,country,persons\n2024-Q1,UZB,"157,2"\n2024-Q2,UZB,"1,5"\n', "ok", (3, 2, 0, 1), "158.7")
check("a comma that is not quoted", "period,country,persons\n2024-Q1,UZB,157,2\n2024-Q2,UZB,15\n", "rejected-rows", (3, 1, 1, 1), "15",
      "error CELLS", line=2)
check("zero is not missing", f"{HEADER}2024-Q1\tUZB\t0\n2024-Q2\tUZB\t\n2024-Q3\tUZB\t...\n", "ok", (4, 3, 0, 1), "0", missing=2)
check("the marks of the whole table", f"{HEADER}2024-Q1\tUZB\t-\n2024-Q2\tUZB\t6,640\n2024-Q3\tUZB\tx\n", "ok", (4, 3, 0, 1), "6640",
      missing=1, resource=resource(numbers={"groupChar": ",", "zero": ["-"], "notApplicable": ["x"]}))
check("more decimals than declared", f"{HEADER}2024-Q1\tUZB\t1.5\n2024-Q2\tUZB\t{MARK}1.55\n", "rejected-rows", (3, 1, 1, 1), "1.5",
      "error NUMBER_RANGE", resource=resource(decimals=1))
