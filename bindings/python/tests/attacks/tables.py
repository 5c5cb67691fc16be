"""What the attacks share: a table's values, and the balance of what was counted."""

import csv
import io

import pandas

import mtm

RESOURCE = {"name": "crossings", "path": "crossings.csv",
            "mtm": {"concept": "border-crossings", "unit": "movements", "microdata": True}}
BY_DIRECTION = {"resource": RESOURCE, "groupings": [{"by": ["direction"], "period": "month"}]}
BY_LABEL = {"resource": RESOURCE, "groupings": [{"by": ["citizenship"], "period": "year"}]}
MONTHS = ("2024-01", "2024-02", "2024-03")
EVENTS = b"date,direction,citizenship\n2024-04-01,IN,UZB\n2024-05-02,IN,UZB\n2024-06-30,OUT,CHN\n"


def read(dataset):
    return list(csv.DictReader(io.StringIO(dataset.to_csv())))


def values(data, **properties):
    """(period, value) of each observation of a table."""
    properties = {"concept": "border-crossings", "unit": "persons", **properties}
    return [(row["period"], row["value"]) for row in read(mtm.Dataset.from_arrow(data, **properties))]


def numbers_of(value, **properties):
    """What is read of three values, as text, in order."""
    return [number for _, number in values(table(value), **properties)]


def table(value, period=MONTHS):
    return pandas.DataFrame({"period": list(period), "value": value})


def counted(data, specification=None, **limits):
    """Rows accepted and rejected, and (period, label, count) of the first grouping."""
    tabulator = mtm.Tabulator(specification or BY_DIRECTION, **limits)
    tabulator.add(data)
    rows = tabulator.rows
    found = [tuple(row[key] for key in row if key in ("period", "direction", "citizenship", "value"))
             for row in read(tabulator.finish()[0])]
    return rows["accepted"], rows["rejected"], sorted(found)


def events(**columns):
    """A frame of three events of January 2024, with columns replaced."""
    return pandas.DataFrame({"date": ["2024-01-01", "2024-01-02", "2024-01-03"], "direction": ["IN", "OUT", "IN"], **columns})


def by_month(data):
    """(month, rows counted) over all labels."""
    found = {}
    for row in counted(data)[2]:
        found[row[0]] = found.get(row[0], 0) + int(row[2])
    return sorted(found.items())


def accepted(data, specification=None):
    return counted(data, specification)[:2]
