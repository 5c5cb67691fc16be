"""A package that gives data on every statement of a quarterly migration report. The totals of the border and of the
remittances are the published ones of Kazakhstan in 2024; every other number is made up, and says so."""
import copy
import csv
import io
import json

COUNTRIES = {"UZB": 1490, "RUS": 905, "KGZ": 610, "TJK": 402, "CHN": 171, "TUR": 94, "IND": 61, "DEU": 33, "KOR": 21,
             "USA": 14, "TKM": 12}
SECTORS = {"F": 4281, "A": 2405, "N": 1980, "B": 1304, "C": 1180, "G": 760, "M": 700, "H": 300, "P": 178}
ABROAD = {"RUS": 560000, "DEU": 96000, "USA": 54000, "POL": 33000, "KGZ": 29000, "BLR": 21000, "CAN": 15000,
          "ISR": 11000, "UZB": 9000, "FRA": 6000, "TUR": 4000}
PERMITS = {"UZB": 1210, "RUS": 905, "KGZ": 420, "TJK": 310, "CHN": 205, "TUR": 130, "AZE": 90, "ARM": 60, "TKM": 25,
           "DEU": 14, "USA": 9, "IND": 4}


def scale(parts, total):
    """Whole numbers in the proportion of the parts that add up to the total; the first takes what is left."""
    whole = sum(parts.values())
    out = {code: number * total // whole for code, number in parts.items()}
    first = next(iter(out))
    out[first] += total - sum(out.values())
    return out


def rows_of(period, fixed, dimension, parts, total=None):
    head = dict(fixed, period=period)
    yield dict(head, **{dimension: "_T"}, value=sum(parts.values()) if total is None else total)
    for code, number in parts.items():
        yield dict(head, **{dimension: code}, value=number)


def border(arrivals, departures):
    rows = []
    for period in arrivals:
        rows += rows_of(period, {"direction": "IN"}, "citizenship", scale(COUNTRIES, arrivals[period]))
        rows += rows_of(period, {"direction": "OUT"}, "citizenship", scale(COUNTRIES, departures[period]))
    return rows


def permits(totals):
    rows = []
    for period, total in totals.items():
        rows += rows_of(period, {"type": "PRP"}, "citizenship", scale(PERMITS, total))
    return rows


def tables():
    return {
        "border-crossings": dict(kind="flow", unit="movements", dimensions=["direction", "citizenship"],
                                 rows=border({"2023-Q2": 3650000, "2024-Q1": 2975788, "2024-Q2": 4001714},
                                             {"2023-Q2": 3510000, "2024-Q1": 2872109, "2024-Q2": 3832829})),
        "residence-permits": dict(kind="flow", unit="permits", dimensions=["type", "citizenship"],
                                  rows=permits({"2023-Q2": 2811, "2024-Q1": 3048, "2024-Q2": 3382})),
        "foreign-workers": dict(kind="stock", unit="permits", dimensions=["sector"],
                                rows=list(rows_of("2024-06-30", {}, "sector", SECTORS))),
        "citizens-abroad": dict(kind="stock", unit="persons", dimensions=["country"],
                                rows=list(rows_of("2024-06-30", {}, "country", ABROAD))),
        "remittances": dict(kind="flow", unit="USD", multiplier=6, dimensions=["direction"],
                            rows=[dict(period=p, direction=d, value=v) for p, d, v in [
                                ("2023-Q2", "OUT", "161.0"), ("2023-Q2", "IN", "60.1"), ("2024-Q1", "OUT", "144.0"),
                                ("2024-Q1", "IN", "55.5"), ("2024-Q2", "OUT", "157.2"), ("2024-Q2", "IN", "62.9")]]),
    }


def write(folder, data, **properties):
    """Writes the tables as a data package."""
    resources = []
    for name, table in data.items():
        fields = ["period", *table["dimensions"], "value"]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows([row.get(f, "_T") for f in fields] for row in table["rows"])
        (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")
        roles = {"period": {"role": "period"}, "value": {"role": "value"}}
        resources.append({
            "name": name, "path": f"{name}.csv",
            "sources": [{"title": f"Made-up figures: {name}", "path": f"https://example.org/{name}"}],
            "schema": {"fields": [{"name": f, "mtm": roles.get(f, {"role": "dimension", "dimension": f})}
                                  for f in fields]},
            "mtm": {"concept": name, "kind": table["kind"], "unit": table["unit"], "publisher": "Made-up Agency",
                    "frequency": "quarter", **({"multiplier": table["multiplier"]} if "multiplier" in table else {}),
                    **table.get("mtm", {})}})
    document = {"name": "statements", "mtm": {"country": "KAZ", "period": "2024-Q2", **properties},
                "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def changed(data, name, change):
    """A copy in which the rows of one table went through a function, None dropping a row."""
    out = copy.deepcopy(data)
    out[name]["rows"] = [row for row in map(change, out[name]["rows"]) if row is not None]
    return out
