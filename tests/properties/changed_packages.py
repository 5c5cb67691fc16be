"""The made packages of docs/changes-0.2.md: name, why its figures changed, tables, the period that is reported."""
from packages import long_fields, rows_long, rows_wide, wide_fields
from test_coverage_cases import monthly


def table(figures, form="long", **properties):
    if form == "wide":
        return {"t": (rows_wide(figures), properties, wide_fields(figures))}
    return {"t": (rows_long(figures), properties, long_fields())}


def lines(*rows, fields=None, **properties):
    return {"t": (list(rows), properties, fields)}


def without(figures, month, country):
    return {**figures, (month, country): None}


def cumulative(**changes):
    """A thousand and a hundred a month from January on, with figures of single (first, last, country) changed."""
    periods = [f"{year}-01/{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    figures = {(period, country): each * int(period[-2:]) for period in periods if period[-7:] <= "2024-06"
               for country, each in (("UZB", 1000), ("RUS", 100))}
    figures.update(changes.get("cells", {}))
    return table(figures, cumulative=True)


def areas(*rows):
    fields = [{"name": "date", "mtm": {"role": "period"}},
              {"name": "province", "mtm": {"role": "dimension", "dimension": "province", "codelist": "none"}},
              {"name": "value", "mtm": {"role": "value"}}]
    return lines("date,province,value", *rows, fields=fields, concept="population", kind="stock", unit="persons",
                 dimensions={})


def releases(*rows):
    fields = [{"name": "period", "mtm": {"role": "period"}}, {"name": "released", "mtm": {"role": "release-date"}},
              {"name": "edition", "mtm": {"role": "edition"}}, {"name": "value", "mtm": {"role": "value"}}]
    return lines("period,released,edition,value", *rows, fields=fields, cumulative=True)


def months_of(*figures):
    return [f"2024-{month:02},{country},{value(month)}" for month in (4, 5, 6) for country, value in figures]


THREE = monthly({"UZB": 100, "KGZ": 200, "RUS": 150})
ZEROS = monthly({"UZB": 1000, "RUS": 3, "CHN": 0})
SMALL = monthly({"UZB": 120000, "RUS": 3, "KGZ": lambda month: 7 if month == "2023-06" else 2})
TWO = monthly({"UZB": 1000, "RUS": 300})
HALF, QUARTER = "2024-01/2024-06", "2024-01/2024-03"

PACKAGES = [
    ("absent-row", "Russia has no row in June 2024: absence is not zero", table(without(THREE, "2024-06", "RUS")), "2024-06"),
    ("empty-cell", "The same as an empty cell of a wide table", table(without(THREE, "2024-06", "RUS"), "wide"), "2024-06"),
    ("absent-in-a-quarter", "A month of the quarter lacks Russia", table(without(THREE, "2024-06", "RUS")), "2024-Q2"),
    ("absent-declared", "The package says absent is zero", table(without(THREE, "2024-06", "RUS"), absent="zero"), "2024-06"),
    ("prints-zeros", "A table that prints zeros leaves none out", table(without(ZEROS, "2024-06", "RUS")), "2024-06"),
    ("ordinary-cell", "An absent cell that was always small is taken for zero, and said",
     table(without(SMALL, "2024-06", "KGZ")), "2024-06"),
    ("new-country", "China is first listed in June 2024: no per cent of totals, a comparison like for like",
     table({**TWO, ("2024-06", "CHN"): 200}), "2024-06"),
    ("selection", "Parts that are a selection: another reason", table(TWO, partsAreSelection=["citizenship"]), "2024-06"),
    ("one-country", "A table about one country is not about all: another reason", table(monthly({"UZB": 1000})), "2024-06"),
    ("printed-total", "A printed total stands for all: nothing changes",
     table(monthly({"Total": 2000, "UZB": 1000, "RUS": 300})), "2024-06"),
    ("cumulative-vanishes", "A cumulative figure does not vanish within the year", cumulative(cells={(HALF, "RUS"): None}),
     "2024-Q2"),
    ("cumulative-appears", "Absent in January-March, 500 in January-June: between nothing and 500",
     cumulative(cells={(QUARTER, "CHN"): None, (HALF, "CHN"): 500}), "2024-Q2"),
    ("total-of-another-language", '"Jumlah" equals the others in every month: it is the total',
     lines("period,citizenship,value", *months_of(("UZB", lambda month: 20 * month), ("RUS", lambda month: 6),
                                                  ("KGZ", lambda month: 1), ("Jumlah", lambda month: 20 * month + 7))),
     "2024-06"),
    ("aggregate-code", "The code of an aggregate beside its parts, once: two readings",
     lines("period,citizenship,value", "2024-06,ECS,26", "2024-06,UZB,20", "2024-06,RUS,6"), "2024-06"),
    ("group-beside-member", "CIS 7, Uzbekistan 4, others 3: 7 or 10",
     lines("period,citizenship,value", "2024-06,CIS,7", "2024-06,UZB,4", "2024-06,other countries,3"), "2024-06"),
    ("thousand-in-header", '"movements, thousand" was lost',
     lines('period,citizenship,"movements, thousand"', "2024-06,Total,5", "2024-06,UZB,5"), "2024-06"),
    ("sexes-under-countries", "Men and women under each country were the same cell with two values",
     lines("period,citizenship,value", *[row for i, country in enumerate(("UZB", "RUS", "KGZ")) for row in (
         f"2024-06,{country},{10 + i}", f"2024-06,мужчины,{6 + i}", "2024-06,женщины,4")]), "2024-06"),
    ("three-letters", '"men" was another country',
     lines("period,citizenship,value", "2024-06,UZB,10", "2024-06,men,6", "2024-06,women,4", "2024-06,RUS,5"), "2024-06"),
    ("eleven-days", "A stock of municipalities visited over eleven days was that of the last day",
     areas(*[f"2024-05-{3 + i:02},P{i},{100 + i}" for i in range(11)]), "2024-Q2"),
    ("round-with-more-areas", "A second round covers more provinces: like for like",
     areas(*[f"2024-03-31,P{i},100" for i in range(10)],
           *[f"2024-06-30,P{i},{103 if i < 10 else 100}" for i in range(14)]), "2024-Q2"),
    ("overlapping-ages", "15-24 lies within 15-64: they are not added",
     lines("period,age-group,value", "2024-06,0-14,5", "2024-06,15-24,3", "2024-06,15-64,9", "2024-06,65+,2",
           concept="migration", unit="persons"), "2024-06"),
    ("superseded-base", "A quarter whose base a later release revised says so",
     releases("2024-01/2024-03,2024-05-15,first,100", "2024-01/2024-06,2024-08-15,first,250",
              "2024-01/2024-03,2024-09-15,revised,110"), "2024-Q2"),
]
