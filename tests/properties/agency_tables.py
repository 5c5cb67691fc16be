"""Tables as agencies publish them, made by chance together with what each figure of them means.

A table is drawn from a space of languages, areas, measures, periods, layouts, titles, units, totals, notes, marks, separators
and containers. Every figure is another number, so that a number alone says which fact was read: its period, and the codes
of its place, direction and sex. Words are those that offices print; figures are made up.
"""
import decimal
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
from agency_words import AREAS, LANGUAGES  # noqa: E402
from checks.agency import column_name, grid  # noqa: E402
import ods_file  # noqa: E402

LAYOUTS = ("periods across", "two levels across", "long", "periods down", "measures across", "blocks", "parts as rows", "measures down",
           "measures in columns, long", "year and part", "three levels", "areas as headings", "periods as headings", "levels turned", "headings with totals")
RARE = ("tables below each other",)  # asked for by name: of these fewer are read, and none may be wrong
GROUPS = {"plain": "{}", "space": "{:,}", "nbsp": "{:,}", "narrow": "{:,}"}
SEPARATORS = {"space": " ", "nbsp": "\u00a0", "narrow": "\u202f"}
ROMAN = ("I", "II", "III", "IV")


class Period:
    """An interval as mtm writes it, and its parts."""

    def __init__(self, kind, year, part=0):
        self.kind, self.year, self.part = kind, year, part

    def name(self):
        forms = {"year": "{0}", "quarter": "{0}-Q{1}", "month": "{0}-{1:02}", "half": "{0}-S{1}", "day": "{0}-{1:02}-01", "first": "{0}-01-01"}
        if self.kind == "grown":
            whole = {1: "-01", 3: "-Q1", 6: "-S1", 12: ""}
            return f"{self.year}{whole[self.part]}" if self.part in whole else f"{self.year}-01-01/P{self.part}M"
        return forms[self.kind].format(self.year, self.part)

    def __eq__(self, other):
        return (self.kind, self.year, self.part) == (other.kind, other.year, other.part)

    def __hash__(self):
        return hash((self.kind, self.year, self.part))


def label(period, words, form):
    """A period as an office of the language writes it, in one of its forms."""
    forms = words["labels"][period.kind]
    text = forms[form % len(forms)]
    of_part = {"quarter": ("", *ROMAN), "half": ("", "I", "II")}.get(period.kind, ("",))
    months = words["months"]
    return text.format(y=period.year, yy=period.year % 100, n=period.part, roman=of_part[min(period.part, len(of_part) - 1)],
                       m=months[period.part - 1] if period.kind in ("month", "day", "grown") else "", M=period.part,
                       first=months[0], of=words.get("of", months)[period.part - 1] if period.kind == "day" else "")


def draw_periods(chance, kind):
    year = chance.choice((2019, 2021, 2022, 2023))
    if kind in ("year", "first"):
        return [Period(kind, year + i) for i in range(chance.randint(2, 4))]
    if kind == "grown":
        return [Period(kind, year, i + 1) for i in range(chance.randint(2, 6))]
    if kind == "day":
        return [Period(kind, year, i) for i in chance.choice(((4, 7), (4, 7, 10), (2, 3, 4)))]
    length = {"quarter": 4, "month": 12, "half": 2}[kind]
    count = chance.choice({"quarter": (2, 4, 8), "month": (3, 6, 12), "half": (2, 4)}[kind])
    return [Period(kind, year + i // length, i % length + 1) for i in range(count)]


class Table:
    """A table, its file, and the facts in it: figure -> (period, codes)."""

    def __init__(self, seed, layout=None, language=None):
        self.chance = chance = random.Random(seed)
        self.seed = seed
        self.language = language or chance.choice(sorted(LANGUAGES))
        self.words = LANGUAGES[self.language]
        self.layout = layout or chance.choice(LAYOUTS)
        self.form = chance.randrange(20)
        kinds = [k for k in ("year", "quarter", "month", "half", "day", "first", "grown") if self.words["labels"].get(k)]
        if self.layout in ("three levels", "year and part", "levels turned"):
            kinds = [k for k in ("quarter", "month", "half") if k in kinds]
        self.kind = chance.choice(kinds)
        self.periods = draw_periods(chance, self.kind)
        if self.layout in ("measures across", "areas as headings") and chance.random() < 0.7:
            self.periods = self.periods[:1]
        self.stock = self.kind in ("day", "first")
        names = [n for n, one in AREAS.items() if self.language in one["languages"]]
        self.area_list = chance.choice(names)
        column = AREAS[self.area_list]["languages"].index(self.language)
        rows = AREAS[self.area_list]["rows"]
        self.areas = [(code, forms[column]) for code, *forms in chance.sample(rows, chance.randint(3, min(7, len(rows))))]
        self.measure = chance.choice(("sex",) if self.stock else ("direction", "sex", "direction"))
        self.members = [(code, chance.choice(forms)) for code, forms in self.words[self.measure]]
        self.facts, self.totals, self.used = {}, set(), set()
        self.style = chance.choice(sorted(GROUPS))
        self.decimals = chance.choice((0, 0, 0, 1))
        self.thousands = self.decimals == 1
        self.total = chance.choice((None, None, "first", "last"))
        self.missing = chance.choice((0, 0, 0, 0.1))
        self.mark = chance.choice(("", "", self.words["missing"]))
        self.values = {}
        self.merges = []
        self.make()

    # Facts

    def figure(self):
        while True:
            top = 99999 if self.chance.random() < 0.8 else 999
            value = self.chance.randint(13, top)
            if value not in self.used and not 1900 <= value <= 2100:
                self.used.add(value)
                return decimal.Decimal(value).scaleb(-self.decimals)

    def fact(self, area, period, member):
        """The figure of a place, period and member, drawn at its first use; None where it is missing."""
        key = (area, period, member)
        if key not in self.values:
            gone = self.missing and self.chance.random() < self.missing
            self.values[key] = None if gone else self.figure()
            if not gone:
                codes = {code for code in (area[0], member and member[0]) if code}
                self.facts[self.values[key]] = (period.name(), codes)
        return self.values[key]

    def summed(self, keys):
        found = [self.values[key] for key in keys if self.values.get(key) is not None]
        value = sum(found, decimal.Decimal(0))
        self.totals.add(value)
        return value

    # Cells

    def write(self, value):
        if value is None:
            return self.mark
        if self.workbook and not self.as_text:
            return float(value) if self.decimals else int(value)
        text = GROUPS[self.style].format(value)
        text = text.replace(",", SEPARATORS.get(self.style, ""))
        return text.replace(".", self.words["decimal"])

    def period_label(self, period):
        return label(period, self.words, self.form)

    def across(self, columns, areas=None):
        """Rows of areas under columns of (period, member), with a total row where one is drawn."""
        areas = self.areas if areas is None else areas
        rows = [[name] + [self.write(self.fact((code, name), p, m)) for p, m in columns] for code, name in areas]
        if self.total and len(areas) > 1:
            total = [self.chance.choice(self.words["total"])] + [self.write(self.summed([(a, p, m) for a in areas])) for p, m in columns]
            rows.insert(0 if self.total == "first" else len(rows), total)
        return rows

    # Layouts: each gives the rows of the header and the rows of the body

    def periods_across(self):
        return [[self.words["area"]] + [self.period_label(p) for p in self.periods]], self.across([(p, None) for p in self.periods])

    def two_levels_across(self):
        columns = [(p, m) for p in self.periods for m in self.members]
        top = [self.words["area"]]
        for p in self.periods:
            top += [self.period_label(p)] + [""] * (len(self.members) - 1)
            self.merge(0, len(top) - len(self.members), len(self.members))
        return [top, [""] + [m[1] for _, m in columns]], self.across(columns)

    def levels_turned(self):
        columns = [(p, m) for m in self.members for p in self.periods]
        top = [self.words["area"]]
        for m in self.members:
            top += [m[1]] + [""] * (len(self.periods) - 1)
            self.merge(0, len(top) - len(self.periods), len(self.periods))
        return [top, [""] + [self.period_label(p) for p, _ in columns]], self.across(columns)

    def three_levels(self):
        years = sorted({p.year for p in self.periods})
        top, middle, low, columns = [self.words["area"]], [""], [""], []
        for year in years:
            inside = [p for p in self.periods if p.year == year]
            self.merge(0, len(top), len(inside) * len(self.members))
            top += [self.words["year"].format(y=year)] + [""] * (len(inside) * len(self.members) - 1)
            for p in inside:
                self.merge(1, len(middle), len(self.members))
                middle += [self.part_label(p)] + [""] * (len(self.members) - 1)
                low += [m[1] for m in self.members]
                columns += [(p, m) for m in self.members]
        return [top, middle, low], self.across(columns)

    def part_label(self, period):
        """A quarter, half or month without its year."""
        if period.kind == "month":
            return self.words["months"][period.part - 1]
        return self.words["parts"][period.kind].format(n=period.part, roman=ROMAN[period.part - 1])

    def long(self):
        names = [self.words["area"], self.words["period"], self.words[self.measure + " name"], self.words["value"]]
        return [names], [[a[1], self.period_label(p), m[1], self.write(self.fact(a, p, m))] for a in self.areas for p in self.periods
                         for m in self.members if self.chance.random() < 0.9 or self.fact(a, p, m) is not None]

    def year_and_part(self):
        names = [self.words["year name"], self.words["part names"][self.kind], self.words["area"], self.words["value"]]
        return [names], [[str(p.year), self.part_label(p), a[1], self.write(self.fact(a, p, None))] for p in self.periods for a in self.areas]

    def periods_down(self):
        rows = [[self.period_label(p)] + [self.write(self.fact(a, p, None)) for a in self.areas] for p in self.periods]
        return [[self.words["period"]] + [a[1] for a in self.areas]], rows

    def measures_across(self):
        if len(self.periods) == 1:
            self.title = self.words["title of"].format(label=self.period_label(self.periods[0]))
            columns = [(self.periods[0], m) for m in self.members]
            return [[self.words["area"]] + [m[1] for m in self.members]], self.across(columns)
        return self.measures_in_columns()

    def measures_in_columns(self):
        names = [self.words["area"], self.words["period"]] + [m[1] for m in self.members]
        return [names], [[a[1], self.period_label(p)] + [self.write(self.fact(a, p, m)) for m in self.members] for a in self.areas for p in self.periods]

    def measures_down(self):
        self.areas = [(None, "")]
        rows = [[self.period_label(p)] + [self.write(self.fact(self.areas[0], p, m)) for m in self.members] for p in self.periods]
        return [[self.words["period"]] + [m[1] for m in self.members]], rows

    def blocks(self):
        rows = []
        for m in self.members:
            rows.append([m[1]] + [""] * len(self.periods))
            rows += self.across([(p, m) for p in self.periods])
        return [[self.words["area"]] + [self.period_label(p) for p in self.periods]], rows

    def headings_with_totals(self):
        rows = []
        for m in self.members:
            rows.append([m[1]] + [self.write(None) for _ in self.periods])
            below = [[name] + [self.write(self.fact((code, name), p, m)) for p in self.periods] for code, name in self.areas]
            rows[-1][1:] = [self.write(self.summed([(a, p, m) for a in self.areas])) for p in self.periods]
            rows += below
        return [[""] + [self.period_label(p) for p in self.periods]], rows

    def tables_below_each_other(self):
        self.total = None
        header = [self.words["area"]] + [self.period_label(p) for p in self.periods]
        self.title = f"1. {self.members[0][1]}"
        rows = self.across([(p, self.members[0]) for p in self.periods])
        for i, m in enumerate(self.members[1:]):
            rows += [[], [f"{i + 2}. {m[1]}"], header, *self.across([(p, m) for p in self.periods])]
        return [header], rows

    def parts_as_rows(self):
        self.members = [(code, self.chance.choice(forms)) for code, forms in self.words["sex"]]
        rows = []
        for a in self.areas:
            parts = [[m[1]] + [self.write(self.fact(a, p, m)) for p in self.periods] for m in self.members]
            rows.append([a[1]] + [self.write(self.summed([(a, p, m) for m in self.members])) for p in self.periods])
            rows += parts
        return [[self.words["area"]] + [self.period_label(p) for p in self.periods]], rows

    def areas_as_headings(self):
        rows = []
        for a in self.areas:
            rows.append([a[1]] + [""] * len(self.periods))
            rows += [[m[1]] + [self.write(self.fact(a, p, m)) for p in self.periods] for m in self.members]
        return [[""] + [self.period_label(p) for p in self.periods]], rows

    def periods_as_headings(self):
        rows = []
        for p in self.periods:
            rows.append([self.period_label(p)] + [""] * len(self.members))
            rows += self.across([(p, m) for m in self.members])
        return [[self.words["area"]] + [m[1] for m in self.members]], rows

    def merge(self, row, first, width):
        if width > 1:
            self.merges.append((row, first, width))

    # The file

    def make(self):
        chance = self.chance
        self.container = chance.choice(("csv", "csv", "csv", "xlsx", "ods"))
        self.workbook = self.container != "csv"
        self.as_text = chance.random() < 0.2
        self.delimiter = chance.choice(";;,\t|") if self.words["decimal"] == "," else chance.choice(",,;\t|")
        self.title = ""
        header, body = {"measures in columns, long": self.measures_in_columns}.get(self.layout, getattr(self, self.layout.replace(" ", "_").replace(",", ""), None))()
        self.numbered = len(header) == 1 and self.layout in ("periods across", "measures across") and chance.random() < 0.2
        self.top = []
        if self.title or chance.random() < 0.6:
            self.title = self.title or self.words.get("stock" if self.stock else "title", "")
            self.top += [[self.title]] if self.title else []
        self.unit = chance.choice(("", "", "title", "row")) if not self.thousands else chance.choice(("title", "row"))
        unit = self.words["thousand"] if self.thousands else self.words["unit"]
        if self.unit == "title" and self.top:
            self.top[0][0] += ", " + unit
        elif self.unit:
            self.top.append([unit])
        if self.top and chance.random() < 0.3:
            self.top.append([])
        if self.numbered:
            header[0].insert(0, "№")
            count = 0
            for row in body:
                count += row[0] not in self.words["total"]
                row.insert(0, str(count) if row[0] not in self.words["total"] else "")
        if len(header) > 1 and not self.numbered and self.seed % 3 == 0:
            header[0][0] = ""
        self.columns_counted = self.numbered and chance.random() < 0.3
        if self.columns_counted:
            header.append([str(i + 1) for i in range(len(header[0]))])
        tail = []
        if self.missing and self.mark:
            tail.append([self.words["legend"].format(mark=self.mark)])
        if chance.random() < 0.4:
            tail += [[]] * chance.randint(0, 1) + [[self.words["source"]]]
        self.rows = self.top + header + body + tail
        self.save()

    def save(self):
        width = max(map(len, self.rows))
        offset = len(self.top)
        if self.container == "csv":
            padded = self.chance.random() < 0.7
            self.encoding = self.chance.choice(("utf-8", "utf-8-sig", "utf-8", "utf-16"))
            text = ""
            for row in self.rows:
                row = row + [""] * (width - len(row)) if padded else row
                text += self.delimiter.join(self.quoted(str(cell)) for cell in row) + "\n"
            self.data, self.name = text.encode(self.encoding), "t.csv" if self.delimiter != "\t" else "t.tsv"
        elif self.container == "xlsx":
            merges = [f"{place(c, offset + r)}:{place(c + w - 1, offset + r)}" for r, c, w in self.merges]
            self.data, self.name = grid(self.rows, merges), "t.xlsx"
        else:
            self.name = "t.ods"
            self.data = ods_bytes(self.rows, [(offset + r, c, w) for r, c, w in self.merges])

    def quoted(self, text):
        special = self.delimiter in text or '"' in text or "\n" in text
        return '"' + text.replace('"', '""') + '"' if special else text

    def about(self):
        return f"seed {self.seed}: {self.language}, {self.layout}, {self.kind} {self.period_label(self.periods[0])!r}, {self.area_list}, {self.measure}, {self.container}, " \
               f"total {self.total}, unit {self.unit or '-'}{' thousand' if self.thousands else ''}, {self.style}, missing {self.missing and repr(self.mark)}"


def place(column, row):
    return f"{column_name(column)}{row + 1}"


def ods_bytes(rows, merges):
    starts = {(r, c): w for r, c, w in merges}
    covered = {(r, c + i) for r, c, w in merges for i in range(1, w)}
    written = []
    for r, row in enumerate(rows):
        cells = []
        for c, value in enumerate(row):
            if (r, c) in starts:
                cells.append(({"table:number-columns-spanned": str(starts[r, c]), "table:number-rows-spanned": "1"}, value))
            elif (r, c) in covered:
                cells.append(({"element": "covered-table-cell"}, ""))
            else:
                cells.append(None if value == "" else value)
        written.append(cells or [None])
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "t.ods"
        ods_file.write(path, {"Sheet1": written})
        return path.read_bytes()
